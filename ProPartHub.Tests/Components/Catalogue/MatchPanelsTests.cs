using Bunit;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Catalogue;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Catalogue;

/// <summary>What matches stands on the lead's and on the property's page, says why, and follows what others change.</summary>
public sealed class MatchPanelsTests : LeadComponentTest
{
    private const string Properties = "section[aria-labelledby=matching-properties]";

    private static LeadInput Wish =>
        HubBed.Input(1) with
        {
            Country = "Дубай",
            BudgetFrom = 310_000,
            BudgetTo = 400_000,
            PropertyType = "вторичка",
            PurchaseGoal = "для себя",
        };

    [Fact]
    public async Task LeadsPage_ShowsMatchesWithTheirReasons()
    {
        var (_, number) = await Bed.OfferAsync();
        var page = await OpenAsync(Wish);

        var row = page.WaitForElement($"{Properties} li");
        Assert.Equal($"/properties/{number}", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(
            ["Країна збігається", "Різниця з бюджетом до 10\u00a0%", "Інший тип", "Мета збігається"],
            page.FindAll($"{Properties} .reason").Select(reason => reason.TextContent)
        );
    }

    [Fact]
    public async Task WithoutCountryAndBudget_ItSaysWhatWouldHelp()
    {
        await Bed.OfferAsync();

        var page = await OpenAsync(HubBed.Input(1));

        page.WaitForAssertion(() =>
            Assert.Contains("країну покупки або бюджет", page.Find(Properties).TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(page.FindAll($"{Properties} li"));
    }

    [Fact]
    public async Task BudgetInAnotherCurrency_IsNotCompared_AndSaysSo()
    {
        await Bed.OfferAsync();

        var page = await OpenAsync(Wish with { Currency = "EUR" });

        Assert.Contains(
            "Ціну не порівняно",
            page.WaitForElement($"{Properties} li").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task NewProperty_AppearsOnAnOpenLead_AndAnArchivedOneGoes()
    {
        var page = await OpenAsync(Wish);
        page.WaitForAssertion(() =>
            Assert.Contains("жоден об’єкт", page.Find(Properties).TextContent, StringComparison.Ordinal)
        );

        var (id, _) = await Bed.OfferAsync();
        await HearAsync(page);
        page.WaitForElement($"{Properties} li");

        await Bed.Get<DevelopmentService>().ArchiveAsync(Bed.Nina, id, Token);
        await HearAsync(page);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll($"{Properties} li")));
    }

    [Fact]
    public async Task More_ShowsMore()
    {
        for (var number = 0; number < 11; number++)
        {
            await Bed.OfferAsync();
        }

        var page = await OpenAsync(Wish);
        page.WaitForElement($"{Properties} li");
        Assert.Equal(10, page.FindAll($"{Properties} .matches-list > li").Count);
        Assert.Equal("10+", page.Find($"{Properties} .panel-count").TextContent);

        await page.InvokeAsync(() => page.Find($"{Properties} .matches-more").Click());

        page.WaitForAssertion(() => Assert.Equal(11, page.FindAll($"{Properties} .matches-list > li").Count));
        Assert.Empty(page.FindAll($"{Properties} .matches-more"));
    }

    [Fact]
    public async Task PropertysPage_ShowsTheReadersLeads_AndFollowsThem()
    {
        var (_, number) = await Bed.OfferAsync();
        var own = await Bed.Get<LeadService>().CreateAsync(Bed.Olena, Wish, null, Token);
        await Bed.Get<LeadService>().CreateAsync(Bed.James, Wish with { Phone = HubBed.Input(2).Phone }, null, Token);
        SignIn(Bed.Olena);

        var page = Render<MatchingLeads>(builder => builder.Add(panel => panel.Number, number));

        var link = page.WaitForElement("li a");
        Assert.Equal($"/leads/{own.Id}", link.GetAttribute("href"));
        Assert.Single(page.FindAll(".matches-list > li"));

        var other = await Bed.Get<LeadService>()
            .CreateAsync(Bed.Olena, Wish with { Phone = HubBed.Input(3).Phone }, null, Token);
        await PublishAsync(other.Id, LeadEventKind.Created, Bed.Olena);
        // The feed gathers for a moment, and what changed is read a while later.
        await Eventually.IsAsync(
            () => page.FindAll(".matches-list > li").Count == 2,
            () => Clock.Advance(TimeSpan.FromMilliseconds(500)),
            Token
        );
    }

    private async Task<IRenderedComponent<LeadDetailPage>> OpenAsync(LeadInput wish)
    {
        var lead = await Bed.Get<LeadService>().CreateAsync(Bed.Olena, wish, null, Token);
        SignIn(Bed.Olena);
        return Render<LeadDetailPage>(builder => builder.Add(page => page.Id, lead.Id));
    }

    private async Task HearAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent
    {
        await page.InvokeAsync(() => Agency.Hear(nameof(AgencyTopic.Catalogue)));
        Clock.Advance(LateRefresh.Pause);
    }
}
