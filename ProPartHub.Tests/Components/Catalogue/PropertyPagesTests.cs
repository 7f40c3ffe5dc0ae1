using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Catalogue;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Catalogue;

/// <summary>The catalogue's list, a property's page and its form.</summary>
public sealed class PropertyPagesTests : LeadComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void EmptyCatalogue_SaysWhoAdds()
    {
        SignIn(Bed.Olena);
        var page = Render<PropertiesPage>();

        Assert.Contains("додають менеджери", page.WaitForElement(".empty-state").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href='/properties/new']"));

        SignIn(Bed.Nina);
        var managers = Render<PropertiesPage>();
        managers.WaitForElement(".empty-state a[href='/properties/new']");
    }

    [Fact]
    public async Task List_ShowsWhatTheAddressSays_AndFiltersChangeTheAddress()
    {
        await Bed.OfferAsync(
            Offers.Input with
            {
                Units = [Offers.Unit(UnitType.Studio), Offers.Unit(UnitType.TwoRooms)],
            }
        );
        await Bed.OfferAsync(Offers.Input with { Name = "Гавань", Country = "Оман" });
        SignIn(Bed.Olena);
        Navigation.NavigateTo("/properties?country=Дубай");

        var page = Render<PropertiesPage>();

        var card = page.WaitForElement(".property");
        Assert.Single(page.FindAll(".property"));
        Assert.Contains("/properties/1001", card.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("$200\u00a0000\u00a0– 300\u00a0000", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Студія – 2 кімнати", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 об’єкт", page.Find(".page-header").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("input[type=search]").Change("берег"));
        Assert.EndsWith(
            "/properties?q=%D0%B1%D0%B5%D1%80%D0%B5%D0%B3&country=%D0%94%D1%83%D0%B1%D0%B0%D0%B9",
            Navigation.Uri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task FiltersThatLeaveNothing_OfferAWayOut()
    {
        await Bed.OfferAsync();
        SignIn(Bed.Olena);
        Navigation.NavigateTo("/properties?rooms=6");

        var page = Render<PropertiesPage>();

        Assert.Equal("/properties", page.WaitForElement(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task NewProperty_AppearsOnAnOpenList()
    {
        await Bed.OfferAsync();
        SignIn(Bed.Olena);
        var page = Render<PropertiesPage>();
        page.WaitForElement(".property");

        await Bed.OfferAsync(Offers.Input with { Name = "Гавань" });
        await ChangedAsync(page);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".property").Count));
    }

    [Fact]
    public async Task DatabaseAway_IsSaid_AndTriedAgain()
    {
        await Bed.OfferAsync();
        SignIn(Bed.Olena);
        await RenameTableAsync("developments", "away");
        var page = Render<PropertiesPage>();

        var again = page.WaitForElement(".empty-state button");
        await RenameTableAsync("away", "developments");
        await page.InvokeAsync(() => again.Click());

        page.WaitForElement(".property");
    }

    [Fact]
    public async Task Page_ShowsEverything_AndLinksItsLeads()
    {
        var (_, number) = await Bed.OfferAsync(
            Offers.Input with
            {
                Description = "Вид на море",
                PaymentTerms = "20 % – 80 %",
                Units = [Offers.Unit() with { SizeTo = 55.5m }, Offers.Unit() with { IsAvailable = false }],
            }
        );
        SignIn(Bed.Olena);

        var page = Open(number);

        page.WaitForElement(".units");
        Assert.Contains("Вид на море", page.Markup, StringComparison.Ordinal);
        Assert.Contains("20 % – 80 %", page.Markup, StringComparison.Ordinal);
        Assert.Contains("40 – 55,5\u00a0м²", page.Find(".units").TextContent, StringComparison.Ordinal);
        Assert.Contains("Продано", page.Find(".units .sold").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".page-header-actions a"));
        page.WaitForAssertion(() =>
            Assert.Contains(
                "жодному",
                page.Find("section[aria-labelledby=matching-leads]").TextContent,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void UnknownNumber_IsSaidToBeMissing()
    {
        SignIn(Bed.Olena);

        Open(99).WaitForElement(".notice");
    }

    [Fact]
    public async Task NumberOfTheOldPortal_LeadsToWhatItMeant()
    {
        var (id, number) = await Bed.OfferAsync();
        await Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.LegacyIds.Add(
                        new LegacyId
                        {
                            Kind = LegacyKind.Property,
                            OldId = 12,
                            NewId = id,
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
        SignIn(Bed.Olena);

        var page = Open(12);

        page.WaitForAssertion(() => Assert.EndsWith($"/properties/{number}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task Archived_IsSaid_AndTakenBack()
    {
        var (id, number) = await Bed.OfferAsync();
        SignIn(Bed.Nina);
        var page = Open(number);
        page.WaitForElement(".units, .property-none");

        await page.InvokeAsync(() => page.Find(".page-header-actions button").Click());
        page.WaitForElement(".property-archived");
        Assert.Empty(page.FindAll("section[aria-labelledby=matching-leads]"));
        Assert.NotNull(await ArchivedAsync(id));

        await page.InvokeAsync(() => page.Find(".page-header-actions button").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".property-archived")));
        Assert.Null(await ArchivedAsync(id));
    }

    [Fact]
    public async Task NewForm_NamesFaultsAtTheirFields_AndKeepsWhatWasTyped()
    {
        SignIn(Bed.Nina);
        var page = Render<NewPropertyPage>();
        page.WaitForElement("form");

        await page.InvokeAsync(() => page.Find("[name=Name]").Change("Гавань"));
        await page.InvokeAsync(() => page.Find("[name=PriceFrom]").Change("300000"));
        await page.InvokeAsync(() => page.Find("[name=PriceTo]").Change("200000"));
        await AddUnitAsync(page);
        await page.InvokeAsync(() => page.Find("#unit-0-SizeFrom").Change("40"));
        await SubmitAsync(page);

        page.WaitForElement("#property-Country-fault");
        Assert.Equal("true", page.Find("[name=Country]").GetAttribute("aria-invalid"));
        Assert.NotNull(page.Find("#property-PriceTo-fault"));
        Assert.NotNull(page.Find("#unit-0-Price-fault"));
        Assert.Equal("Гавань", page.Find("[name=Name]").GetAttribute("value"));
        Assert.Equal("40", page.Find("#unit-0-SizeFrom").GetAttribute("value"));
        Assert.Equal(0, await Bed.ReadAsync(db => db.Developments.CountAsync(Token)));

        await page.InvokeAsync(() => page.Find("[name=Country]").Change("Оман"));
        await page.InvokeAsync(() => page.Find("[name=PriceTo]").Change("400000"));
        await page.InvokeAsync(() => page.Find("#unit-0-Price").Change("310000.5"));
        await page.InvokeAsync(() => page.FindAll(".rule-choices button")[2].Click());
        await page.InvokeAsync(() => page.FindAll(".rule-choices button")[0].Click());
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.EndsWith("/properties/1001", Navigation.Uri, StringComparison.Ordinal));
        var stored = (await Bed.Get<CatalogueQueries>().DetailsAsync(1001, Token)).Values;
        Assert.Equal(
            ("Гавань", "Оман", 300_000m, 400_000m),
            (stored.Name, stored.Country, stored.PriceFrom, stored.PriceTo)
        );
        Assert.Equal(["перепродажа", "для себя"], stored.Goals);
        Assert.Equal((UnitType.Studio, 310_000.5m), (stored.Units[0].Type, stored.Units[0].Price));
    }

    [Fact]
    public async Task UnitsGo_AndWhatIsNoNumberIsRefused()
    {
        var (_, number) = await Bed.OfferAsync(
            Offers.Input with
            {
                Units = [Offers.Unit(), Offers.Unit(UnitType.TwoRooms)],
            }
        );
        SignIn(Bed.Nina);
        var page = OpenForm(number);
        page.WaitForElement("form");

        await page.InvokeAsync(() => page.Find(".unit button").Click());
        await page.InvokeAsync(() => page.Find("#unit-0-Price").Change("багато"));
        await SubmitAsync(page);
        page.WaitForElement("#unit-0-Price-fault");
        await page.InvokeAsync(() => page.Find("#unit-0-Price").Change("1"));
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.EndsWith($"/properties/{number}", Navigation.Uri, StringComparison.Ordinal));
        var unit = Assert.Single((await Bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.Units);
        Assert.Equal((UnitType.TwoRooms, 1m), (unit.Type, unit.Price));
    }

    [Fact]
    public async Task WhoWasFaster_IsSaid_AndTypedTextStays()
    {
        var (id, number) = await Bed.OfferAsync();
        SignIn(Bed.Nina);
        var page = OpenForm(number);
        page.WaitForElement("form");
        await page.InvokeAsync(() => page.Find("[name=City]").Change("Моє місто"));
        await Bed.Get<DevelopmentService>()
            .UpdateAsync(Bed.Mark, id, Offers.Input, Offers.Input with { Name = "Їхня назва" }, Token);

        await SubmitAsync(page);

        Assert.Contains("Хтось", page.WaitForElement(".said-fault").TextContent, StringComparison.Ordinal);
        Assert.Equal("Моє місто", page.Find("[name=City]").GetAttribute("value"));
        // What theirs is stands above the form.
        Assert.Contains("Їхня назва", page.Find("h1").TextContent, StringComparison.Ordinal);

        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.EndsWith($"/properties/{number}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Моє місто", (await Bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.City);
    }

    private IRenderedComponent<PropertyPage> Open(long number) =>
        Render<PropertyPage>(builder => builder.Add(page => page.Number, number));

    private IRenderedComponent<EditPropertyPage> OpenForm(long number) =>
        Render<EditPropertyPage>(builder => builder.Add(page => page.Number, number));

    private static Task AddUnitAsync(IRenderedComponent<NewPropertyPage> page) =>
        page.InvokeAsync(() => page.FindAll("fieldset")[4].QuerySelector(".button-plain")!.Click());

    private static Task SubmitAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent => page.InvokeAsync(() => page.Find("form").Submit());

    private async Task ChangedAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent
    {
        await page.InvokeAsync(() => Agency.Hear(nameof(AgencyTopic.Catalogue)));
        Clock.Advance(LateRefresh.Pause);
    }

    private Task<DateTimeOffset?> ArchivedAsync(Guid id) =>
        Bed.ReadAsync(db =>
            db.Developments.Where(row => row.Id == id).Select(row => row.ArchivedAt).SingleAsync(Token)
        );

    // For the page, a table that is missing is a database that does not answer as it should.
    private Task<int> RenameTableAsync(string from, string to) =>
        Bed.ReadAsync(db =>
#pragma warning disable EF1002 // Names of the test's own.
            db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}", Token)
#pragma warning restore EF1002
        );
}
