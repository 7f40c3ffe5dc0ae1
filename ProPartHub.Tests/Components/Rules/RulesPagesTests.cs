using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Rules;

/// <summary>Service levels, the order of assignment and absences, as the people see and change them who may.</summary>
public sealed class RulesPagesTests : LeadComponentTest
{
    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Services.AddSingleton(Bed.Get<ServiceLevelAdmin>());
        Services.AddSingleton(Bed.Get<WorkingTimeSettings>());
        Services.AddSingleton(Bed.Get<BirthdayFollowUps>());
        Services.AddSingleton(Bed.Get<AssignmentRules>());
        Services.AddSingleton(Bed.Get<Availability>());
    }

    [Fact]
    public async Task Quiet_IsSetByAdmins_RefusedAtItsField_AndReadByManagers()
    {
        SignIn(Bed.Ada);
        var page = Render<RulesPage>();
        page.WaitForElement("#quiet-days");

        await page.InvokeAsync(() => page.Find("#quiet-days").Change("сім"));
        await page.InvokeAsync(() => page.Find("[aria-labelledby=quiet-title] form").Submit());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#quiet-days").GetAttribute("aria-invalid")));
        await page.InvokeAsync(() => page.Find("#quiet-days").Change("21"));
        await page.InvokeAsync(() => page.Find("[aria-labelledby=quiet-title] form").Submit());
        page.WaitForElement("[aria-labelledby=quiet-title] [role=status]");

        Assert.Equal(21, (await Bed.Get<QuietRules>().RuleAsync(Bed.Olena, Token)).Days);
        SignIn(Bed.Nina);
        var read = Render<RulesPage>();
        read.WaitForAssertion(() =>
            Assert.Contains(
                "Через 21 день",
                read.Find("[aria-labelledby=quiet-title]").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Empty(read.FindAll("#quiet-days"));
    }

    [Fact]
    public async Task ServiceLevel_IsWritten_SaysWhomItWouldMeet_AndIsSwitchedOnByHand()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.James, 2);
        Bed.Time.Advance(TimeSpan.FromHours(3));
        SignIn(Bed.Nina);
        var page = Render<RulesPage>();
        page.WaitForElement(".empty-state");

        await page.InvokeAsync(() => page.Find(".page-header button").Click());
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[name=name]").GetAttribute("aria-invalid")));
        await page.InvokeAsync(() => page.Find("[name=name]").Change("Швидко"));
        await page.InvokeAsync(() => page.FindAll("form .rule-acts .button-plain")[0].Click());
        page.WaitForAssertion(() =>
            Assert.Contains("прострочено 1 лід", page.Find("form [role=status]").TextContent, StringComparison.Ordinal)
        );
        Assert.Contains("Клієнт 1", page.Find("form tbody").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form").Submit());

        var toggle = page.WaitForElement(".rule-card .rule-switch input");
        Assert.False(toggle.HasAttribute("checked"));
        await page.InvokeAsync(() => page.Find(".rule-card .rule-switch input").Change(true));
        page.WaitForAssertion(() =>
            Assert.Contains("Діє", page.Find(".rule-card .rule-switch").TextContent, StringComparison.Ordinal)
        );
        Assert.True((await Bed.Get<ServiceLevelAdmin>().ListAsync(Bed.Nina, Token))[0].IsOn);
        Assert.Empty(page.FindAll("#hours-title"));
    }

    [Fact]
    public async Task WhatSomebodyElseSets_IsShownSoon_AndWhatIsBeingTypedStays()
    {
        var (mine, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SaveLevelAsync(Bed.Nina.TeamId, mine);
        SignIn(Bed.Nina);
        var page = Render<RulesPage>();
        page.WaitForElement(".rule-card");
        await page.InvokeAsync(() => page.FindAll(".rule-card .rule-acts button")[1].Click());
        await page.InvokeAsync(() => page.Find("[name=name]").Change("Моє"));

        await SaveLevelAsync(Bed.Nina.TeamId, other);
        var stored = await LevelAsync(mine);
        await Bed.Get<ServiceLevelAdmin>().SaveAsync(Bed.Ada, mine, stored, stored with { Name = "Її" }, Token);
        await HearAsync(() => Assert.NotEmpty(page.FindAll(".rule-card")));
        Assert.Equal("Моє", page.Find("[name=name]").GetAttribute("value"));

        // The first save finds that somebody was faster, the second is meant.
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() =>
            Assert.Contains("лишилося тут", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal("Моє", page.Find("[name=name]").GetAttribute("value"));
        Assert.Equal("Її", (await LevelAsync(mine)).Name);
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[name=name]")));
        Assert.Equal("Моє", (await LevelAsync(mine)).Name);

        // Deleted under the hands: the words stay.
        await page.InvokeAsync(() => page.FindAll(".rule-card .rule-acts button")[1].Click());
        await page.InvokeAsync(() => page.Find("[name=name]").Change("Довге й добре обдумане"));
        foreach (var level in new[] { mine, other })
        {
            await Bed.Get<ServiceLevelAdmin>().DeleteAsync(Bed.Ada, level, Token);
        }

        await HearAsync(() => Assert.Empty(page.FindAll(".rule-card")));
        Assert.Equal("Довге й добре обдумане", page.Find("[name=name]").GetAttribute("value"));

        async Task HearAsync(Action assertion)
        {
            await page.InvokeAsync(() => Agency.Hear(nameof(AgencyTopic.ServiceLevels)));
            Clock.Advance(LateRefresh.Pause);
            page.WaitForAssertion(assertion);
        }
    }

    [Fact]
    public async Task Deleted_ComesBackByOneClick()
    {
        await SaveLevelAsync(Bed.Nina.TeamId);
        SignIn(Bed.Nina);
        var messages = Render<MudSnackbarProvider>();
        var page = Render<RulesPage>();
        page.WaitForElement(".rule-card");

        await page.InvokeAsync(() => page.Find(".rule-card .rule-danger").Click());
        page.WaitForElement(".empty-state");
        await messages.InvokeAsync(() => messages.WaitForElement(".mud-snackbar button").Click());

        Assert.Contains("Вимкнено", page.WaitForElement(".rule-card").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatHoldsForAll_AManagerOnlyReads()
    {
        await SaveLevelAsync(null);
        SignIn(Bed.Nina);

        var page = Render<RulesPage>();

        page.WaitForElement(".rule-card");
        Assert.Empty(page.FindAll(".rule-card button"));
        Assert.Empty(page.FindAll(".rule-card input"));
    }

    [Fact]
    public async Task WorkingHours_AreReadAsPeopleWriteThem()
    {
        SignIn(Bed.Ada);
        var page = Render<WorkingTimeForm>();
        page.WaitForElement("#holidays");

        await page.InvokeAsync(() => page.Find("#holidays").Change("24.08.2026\nніколи"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        Assert.Contains("«ніколи»", page.Find(".field-error").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("#holidays").Change("24.08.2026\n2026-12-25"));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForElement("[role=status]");
        Assert.Equal(
            [new DateOnly(2026, 8, 24), new DateOnly(2026, 12, 25)],
            (await Bed.Get<WorkingTimeSettings>().ReadAsync(Bed.Ada, Token)).Holidays
        );
    }

    [Fact]
    public async Task Assignment_IsOrderedByButtons_AndSaysWhoWouldGetWhat()
    {
        var lead = await Bed.Get<LeadService>()
            .CreateAsync(Bed.Nina, Tests.Infrastructure.HubBed.Input(1), null, Token);
        await SaveRuleAsync("Олені", Bed.Olena);
        await SaveRuleAsync("Тарасові", Bed.Taras);
        SignIn(Bed.Ada);
        var page = Render<AssignmentPage>();
        page.WaitForElement(".rule-card");
        Assert.Equal(3, page.FindAll(".rule-card").Count);
        Assert.Empty(page.FindAll(".rule-card")[2].QuerySelectorAll(".rule-danger"));

        await page.InvokeAsync(() => page.Find("[aria-label='Перемістити «Тарасові» вище']").Click());
        page.WaitForAssertion(() =>
            Assert.Contains("Тарасові", page.FindAll(".rule-card")[0].TextContent, StringComparison.Ordinal)
        );
        await page.InvokeAsync(() => page.Find(".rule-table .rule-acts button").Click());

        var row = page.WaitForElement(".rule-table tbody tr");
        Assert.Contains("Тарас Вовк", row.TextContent, StringComparison.Ordinal);
        Assert.Null((await Bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task Agents_SayWhenTheyAreAway_AndNothingElse()
    {
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        SignIn(Bed.Olena);
        var page = Render<AvailabilityPage>();
        page.WaitForElement(".rule-card");
        Assert.Single(page.FindAll(".rule-card"));
        Assert.Single(page.FindAll("form"));

        await FillAsync("2026-12-10", "2026-12-01");
        page.WaitForAssertion(() =>
            Assert.Contains("раніше за перший", page.Find(".field-error").TextContent, StringComparison.Ordinal)
        );
        await FillAsync("2026-12-01", "2026-12-10");

        Assert.Contains(
            "1\u00a0груд.\u00a02026 – 10\u00a0груд.\u00a02026",
            page.WaitForElement(".absence").TextContent,
            StringComparison.Ordinal
        );

        async Task FillAsync(string from, string to)
        {
            await page.InvokeAsync(() => page.FindAll("input[type=date]")[0].Change(from));
            await page.InvokeAsync(() => page.FindAll("input[type=date]")[1].Change(to));
            await page.InvokeAsync(() => page.Find("form").Submit());
        }
    }

    private Task SaveLevelAsync(Guid? team, Guid? id = null) =>
        Bed.Get<ServiceLevelAdmin>()
            .SaveAsync(Bed.Ada, id ?? Guid.CreateVersion7(), null, new() { Name = "Швидко", TeamId = team }, Token);

    private async Task<ServiceLevelInput> LevelAsync(Guid id) =>
        (await Bed.Get<ServiceLevelAdmin>().ListAsync(Bed.Ada, Token)).Single(level => level.Id == id).Values;

    private Task SaveRuleAsync(string name, Actor person) =>
        Bed.Get<AssignmentRules>()
            .SaveAsync(
                Bed.Ada,
                Guid.CreateVersion7(),
                null,
                new()
                {
                    Name = name,
                    Target = AssignmentTarget.Person,
                    PersonId = person.UserId,
                },
                Token
            );
}
