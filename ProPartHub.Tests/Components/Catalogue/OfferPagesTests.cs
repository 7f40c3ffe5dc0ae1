using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Catalogue;
using ProPartHub.Web.Components.Catalogue.Compare;
using Xunit;

namespace ProPartHub.Tests.Components.Catalogue;

/// <summary>Photos, payment plans, price history and the comparison, as they are seen.</summary>
public sealed class OfferPagesTests : LeadComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Page_ShowsPhotosCoverFirst_PlanAndWhatBecameOfPrices()
    {
        var unit = Offers.Unit();
        var first = Offers.Input with
        {
            Units = [unit],
            PaymentPlan =
            [
                new() { Percent = 30 },
                new()
                {
                    Percent = 70,
                    Due = PaymentDue.MonthsAfterHandover,
                    Months = 2,
                },
            ],
        };
        var (id, number) = await Bed.OfferAsync(first);
        await Bed.Get<DevelopmentService>()
            .UpdateAsync(Bed.Nina, id, first, first with { Units = [unit with { Price = 190_000 }] }, Token);
        var photos = await PhotosAsync(id, 2);
        SignIn(Bed.Olena);

        var page = Render<PropertyPage>(parameters => parameters.Add(property => property.Number, number));

        page.WaitForElement(".photo-cover");
        Assert.Equal(
            photos.Select(photo => $"/properties/photos/{photo}"),
            page.FindAll("[data-photo]").Select(photo => photo.GetAttribute("href"))
        );
        Assert.Contains("Через 2 місяці", page.Find(".plan").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() =>
            Assert.Contains("▼\u00a0−5\u00a0%", page.Find(".price-changes").TextContent, StringComparison.Ordinal)
        );
        Assert.Single(page.FindAll(".price-line"));
    }

    [Fact]
    public async Task List_ShowsCovers_AndChoosesCitiesOfTheCountry()
    {
        var (id, _) = await Bed.OfferAsync();
        await Bed.OfferAsync(Offers.Input with { Country = "Оман", City = "Маскат", District = "Порт" });
        var photo = Assert.Single(await PhotosAsync(id, 1));
        SignIn(Bed.Olena);
        Navigation.NavigateTo("/properties?country=Дубай");

        var page = Render<PropertiesPage>();

        Assert.Equal($"/properties/photos/{photo}/small", page.WaitForElement(".cover img").GetAttribute("src"));
        Assert.Contains("Місто", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Маскат", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task List_IsThreeCommands_HoweverManyThereAre(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await PhotosAsync((await Bed.OfferAsync(Offers.Input with { Units = [Offers.Unit()] })).Id, 2);
        }

        SignIn(Bed.Olena);
        Bed.Sql.Reset();
        var page = Render<PropertiesPage>();
        page.WaitForState(() => page.FindAll(".cover img").Count == count);

        // The page, how many there are, and their places.
        Assert.Equal(3, Bed.Sql.Commands.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Page_IsNineCommands_HoweverMuchItShows(int count)
    {
        var (id, number) = await Bed.OfferAsync(
            Offers.Input with
            {
                Units = [.. Enumerable.Range(0, count).Select(_ => Offers.Unit())],
            }
        );
        await PhotosAsync(id, count);
        SignIn(Bed.Olena);
        Bed.Sql.Reset();

        var page = Render<PropertyPage>(parameters => parameters.Add(property => property.Number, number));
        page.WaitForState(() =>
            page.FindAll("[data-photo]").Count == count
            && page.FindAll(".share-form").Count == 1
            && page.FindAll(".matches-none").Count == 1
        );

        // The property; its photos; what became of its prices; whether the reader may share it and the links; its leads;
        // the right to its documents and they.
        Assert.Equal(9, Bed.Sql.Commands.Count);
    }

    [Fact]
    public async Task Ticked_AreComparedByTheAddress_FourAtMost()
    {
        for (var number = 0; number < 5; number++)
        {
            await Bed.OfferAsync(Offers.Input with { Name = $"Дім {number}" });
        }

        SignIn(Bed.Olena);
        var page = Render<PropertiesPage>();
        page.WaitForElement(".compare input");
        for (var place = 0; place < 4; place++)
        {
            await page.InvokeAsync(() => page.FindAll(".compare input")[place].Change(true));
        }

        Assert.Equal(
            "/properties/compare?n=1005&n=1004&n=1003&n=1002",
            page.WaitForElement(".compare-bar a").GetAttribute("href")
        );
        page.WaitForAssertion(() => Assert.True(page.FindAll(".compare input")[4].HasAttribute("disabled")));
    }

    [Fact]
    public async Task Comparison_MarksRowsThatDiffer_AndTakesOneOut()
    {
        await Bed.OfferAsync(Offers.Input with { Units = [Offers.Unit()] });
        await Bed.OfferAsync(Offers.Input with { Name = "Гавань", City = "Порт", Units = [Offers.Unit()] });
        SignIn(Bed.Olena);
        Navigation.NavigateTo("/properties/compare?n=1002&n=1001&n=77&n=x");

        var page = Render<ComparePage>();

        page.WaitForElement(".comparison");
        Assert.Equal(["Гавань", "Затока"], page.FindAll(".comparison thead th > a").Select(name => name.TextContent));
        var differing = Assert.Single(page.FindAll("tr.differs th"));
        Assert.StartsWith("Місто", differing.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("◆", differing.TextContent, StringComparison.Ordinal);

        Assert.Contains("1 кімната", page.Find(".comparison").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find(".comparison thead button").Click());
        Assert.EndsWith("/properties/compare?n=1001", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_AddsStages_AndSaysWhatIsWrongWithThem()
    {
        SignIn(Bed.Nina);
        var page = Render<NewPropertyPage>();
        page.WaitForElement("form");
        await page.InvokeAsync(() => page.Find("[name=Name]").Change("Гавань"));
        await page.InvokeAsync(() => page.Find("[name=Country]").Change("Оман"));
        await page.InvokeAsync(() => page.Find("[name=PriceFrom]").Change("100000"));
        var add = page.FindAll("fieldset").Single(part => part.QuerySelector(".stage-foot") is not null);
        Assert.NotNull(add);
        await page.InvokeAsync(() => page.Find(".stage-foot button").Click());
        await page.InvokeAsync(() => page.Find("#stage-0-Percent").Change("60"));

        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() =>
            Assert.Contains("60 %", page.Find(".field-error").TextContent, StringComparison.Ordinal)
        );

        await page.InvokeAsync(() => page.Find("#stage-0-Percent").Change("100"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.EndsWith("/properties/1001", Navigation.Uri, StringComparison.Ordinal));
        var stored = await Bed.Get<CatalogueQueries>().DetailsAsync(1001, Token);
        Assert.Equal([new PaymentStage { Percent = 100 }], stored.Values.PaymentPlan);
    }

    // Rows alone: nobody opens the pictures here.
    private async Task<List<Guid>> PhotosAsync(Guid developmentId, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var (place, id) in ids.Index())
        {
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO stored_files (id, hash, type, size, sealed_key, handed_in_at)
                    VALUES ({id}, sha256({id.ToByteArray()}), 4, 1, '', now());
                    INSERT INTO development_photos (id, development_id, picture_id, thumbnail_id, width, height, place)
                    VALUES ({id}, {developmentId}, {id}, {id}, 1200, 800, {place})
                    """,
                    Token
                )
            );
        }

        return ids;
    }
}
