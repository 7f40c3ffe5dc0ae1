using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Points;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Points;
using Xunit;

namespace ProPartHub.Tests.Components.Points;

/// <summary>The ledger with its form for who may correct, the ranking by months, and the rules.</summary>
public sealed class PointsPagesTests : LeadComponentTest
{
    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        Services.AddSingleton(Bed.Get<AgencyCalendar>());
        Services.AddSingleton(Bed.Get<PointQueries>());
        Services.AddSingleton(Bed.Get<RankingQueries>());
        Services.AddSingleton(Bed.Get<PointCorrections>());
        Services.AddSingleton(Bed.Get<PointSettings>());
    }

    [Fact]
    public async Task OwnLedger_HasEveryEntryWithItsLead_AndNoForm()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Olena);

        var page = Render<PointsPage>();

        var entry = page.WaitForElement(".ledger li");
        Assert.Contains("Лід зареєстровано", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("+100", entry.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/leads/{lead.Id}", page.Find(".ledger a").GetAttribute("href"));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Manager_Corrects_WithAReason_AndItShowsAtOnce()
    {
        SignIn(Bed.Nina);
        var page = Render<PointsPage>(builder => builder.Add(shown => shown.UserId, Bed.Olena.UserId));
        page.WaitForElement("form");

        await page.InvokeAsync(() => page.Find("[name=points]").Change("−250"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[name=reason]").GetAttribute("aria-invalid")));
        Assert.Equal("−250", page.Find("[name=points]").GetAttribute("value"));
        await page.InvokeAsync(() => page.Find("[name=reason]").Change("Подвійний лід"));
        await page.InvokeAsync(() => page.Find("form").Submit());

        var entry = page.WaitForElement(".ledger li");
        Assert.Contains("Подвійний лід", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("−250", entry.TextContent, StringComparison.Ordinal);
        Assert.Equal("", page.Find("[name=points]").GetAttribute("value") ?? "");
    }

    [Fact]
    public void SomebodyElses_IsNotThere()
    {
        SignIn(Bed.Taras);

        var page = Render<PointsPage>(builder => builder.Add(shown => shown.UserId, Bed.Olena.UserId));

        Assert.Contains("Балів не знайдено", page.WaitForElement(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranking_GoesBackMonthByMonth_AndNotAhead()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Taras);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/points?view=ranking");
        var page = Render<PointsPage>();

        Assert.Contains("Олена Гнатюк", page.WaitForElement(".ranking tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".ranking a"));
        Assert.Equal(
            ["/points?view=ranking&month=2026-10"],
            page.FindAll(".month a").Select(link => link.GetAttribute("href"))
        );

        Services.GetRequiredService<NavigationManager>().NavigateTo("/points?view=ranking&month=2026-10");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ranking")));
        Assert.Equal(2, page.FindAll(".month a").Count);
    }

    [Fact]
    public async Task Rules_AreChanged_AndWhatIsWrongIsToldAtItsField()
    {
        SignIn(Bed.Ada);
        var page = Render<PointRulesPage>();
        page.WaitForElement("form");

        await page.InvokeAsync(() => page.Find("#deal-won").Change("багато"));
        await page.InvokeAsync(() => page.Find("#Silver-percent").Change("7,5"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#deal-won").GetAttribute("aria-invalid")));
        await page.InvokeAsync(() => page.Find("#deal-won").Change("1 500"));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.Contains("Збережено.", page.Markup, StringComparison.Ordinal));
        var rules = await Bed.Get<PointSettings>().ReadAsync(Bed.Ada, Token);
        Assert.Equal((1_500, 7.5m), (rules.DealWon, rules.Levels[1].Percent));
    }

    [Fact]
    public async Task RulesChangedMeanwhile_AreNotTroddenOn()
    {
        SignIn(Bed.Ada);
        var page = Render<PointRulesPage>();
        page.WaitForElement("form");
        var settings = Bed.Get<PointSettings>();
        var rules = await settings.ReadAsync(Bed.Ada, Token);
        await settings.SaveAsync(Bed.Ada, rules, rules with { Goal = 5 }, Token);

        await page.InvokeAsync(() => page.Find("#deal-won").Change("7"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForElement("[role=alert] button");
        await page.InvokeAsync(() => page.Find("[role=alert] button").Click());

        page.WaitForAssertion(() => Assert.Equal("5", page.Find("#goal").GetAttribute("value")));
        Assert.Equal(1_000, (await settings.ReadAsync(Bed.Ada, Token)).DealWon);
    }
}
