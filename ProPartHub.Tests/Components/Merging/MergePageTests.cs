using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Merging;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Merging;
using Xunit;

namespace ProPartHub.Tests.Components.Merging;

/// <summary>Comparing two leads, merging them, and what other open pages show of it.</summary>
public sealed class MergePageTests : LeadComponentTest
{
    [Fact]
    public async Task Page_ShowsWhatDiffersFirst_FoldsTheRest_AndMerges()
    {
        var (older, newer) = await TwoAsync();
        SignIn(Bed.Olena);
        var dialogs = RenderDialogs();
        var page = Open(older, newer);

        Assert.Equal(
            ["ClientName", "Phone", "SecondPhone", "Company"],
            page.FindAll(".merge-row h3").Select(heading => heading.Id!["merge-".Length..])
        );
        Assert.Contains("maria@example.com", page.Find(".merge-equal").TextContent, StringComparison.Ordinal);
        // The older lead stays, with the newer name.
        Assert.Contains("Марія 1", page.Find(".merge-head.merge-chosen").TextContent, StringComparison.Ordinal);
        Assert.Equal("Марія 2", Chosen(page, "ClientName"));
        Assert.Contains("1", page.Find(".merge-moves li").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("input[name=ClientName]")[0].Change(true));
        var submitting = page.InvokeAsync(() => page.Find("form.merge").Submit());
        dialogs.WaitForElement(".mud-dialog-actions .mud-button-filled").Click();
        await submitting;

        page.WaitForAssertion(() => Assert.Contains($"/leads/{older}?merged=", Address, StringComparison.Ordinal));
        var merged = await Bed.LoadAsync(newer);
        Assert.Equal(older, merged.MergedIntoId);
        Assert.Equal("Марія 1", (await Bed.LoadAsync(older)).ClientName);
    }

    [Fact]
    public async Task WhatChangedWhileOneLooked_IsShownBeforeItIsMerged()
    {
        var (older, newer) = await TwoAsync();
        SignIn(Bed.Olena);
        var dialogs = RenderDialogs();
        var page = Open(older, newer);
        var opened = LeadInput.From(await Bed.LoadAsync(newer));
        await Bed.Get<LeadService>()
            .EditAsync(Bed.Nina, newer, opened, opened with { Country = "Оман" }, new HashSet<LeadField>(), Token);

        var submitting = page.InvokeAsync(() => page.Find("form.merge").Submit());
        dialogs.WaitForElement(".mud-dialog-actions .mud-button-filled").Click();
        await submitting;

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#merge-Country")));
        Assert.NotEmpty(page.FindAll(".said-fault"));
        Assert.Null((await Bed.LoadAsync(newer)).MergedIntoId);
    }

    [Fact]
    public async Task SomebodyElsesLead_IsNotCompared()
    {
        var own = await Bed.ClientAsync(Bed.Olena, 1);
        var foreign = await Bed.ClientAsync(Bed.Taras, 2);
        SignIn(Bed.Olena);

        var page = Open(own, foreign);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.DoesNotContain("Марія", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenPageOfTheMergedLead_GoesToTheOneThatStayed_UnlessSomebodyTypes()
    {
        var (older, newer) = await TwoAsync();
        SignIn(Bed.Olena);
        var reading = Render<LeadDetailPage>(page => page.Add(detail => detail.Id, newer));
        reading.WaitForElement("h1");
        var before = Address;
        var typing = Render<LeadDetailPage>(page => page.Add(detail => detail.Id, newer));
        typing.WaitForElement("[data-command=Edit]");
        await typing.InvokeAsync(() => typing.Find("[data-command=Edit]").Click());
        typing.WaitForElement("form");

        await Bed.MergeAsync(Bed.Nina, older, newer);
        await PublishAsync(newer, LeadEventKind.Merged, Bed.Nina);

        typing.WaitForAssertion(() => Assert.NotEmpty(typing.FindAll(".lead-note a")));
        Assert.NotEmpty(typing.FindAll("form"));
        reading.WaitForAssertion(() => Assert.Contains($"/leads/{older}?merged=", Address, StringComparison.Ordinal));
        Assert.NotEqual(before, Address);
    }

    [Fact]
    public async Task Card_TellsApart_AndTakesBack()
    {
        var (older, newer) = await TwoAsync();
        SignIn(Bed.Olena);
        var panel = Panel(older);
        Assert.Contains("Марія 2", panel.WaitForElement(".same-client li").TextContent, StringComparison.Ordinal);

        await panel.InvokeAsync(() => panel.Find(".same-client-acts button").Click());
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".same-client")));
        Assert.Equal(1, await Bed.ReadAsync(db => Task.FromResult(db.DistinctClients.Count())));

        await panel.InvokeAsync(() => panel.Find(".merged-acts button").Click());
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".same-client li")));
        Assert.Equal(0, await Bed.ReadAsync(db => Task.FromResult(db.DistinctClients.Count())));
        Assert.NotEqual(older, newer);
    }

    [Fact]
    public async Task MergedLead_IsNamed_AndTakenBack()
    {
        var (older, newer) = await TwoAsync();
        await Bed.MergeAsync(Bed.Olena, older, newer);
        SignIn(Bed.Olena);
        var panel = Panel(older, (await Bed.LoadAsync(newer)).Number);
        panel.WaitForElement(".merged-note");

        await panel.InvokeAsync(() => panel.Find(".merged-acts button").Click());

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".same-client li")));
        Assert.Empty(panel.FindAll(".merged-lead"));
        Assert.Null((await Bed.LoadAsync(newer)).MergedIntoId);
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    private async Task<(Guid Older, Guid Newer)> TwoAsync()
    {
        var older = await Bed.ClientAsync(Bed.Olena, 1, input => input with { Company = "Хвиля" });
        Bed.Time.Advance(TimeSpan.FromHours(1));
        var newer = await Bed.ClientAsync(Bed.Olena, 2);
        await Bed.Get<CommentService>().AddAsync(Bed.Olena, Guid.CreateVersion7(), newer, "Слово", null, Token);
        return (older, newer);
    }

    private IRenderedComponent<SameClientPanel> Panel(Guid leadId, long? merged = null)
    {
        var number = Bed.LoadAsync(leadId).GetAwaiter().GetResult().Number;
        return Render<SameClientPanel>(panel =>
            panel
                .Add(part => part.LeadId, leadId)
                .Add(part => part.Number, number)
                .Add(part => part.Merged, $"{merged}")
        );
    }

    private IRenderedComponent<MergePage> Open(Guid left, Guid right)
    {
        var (one, other) = (Bed.LoadAsync(left).Result.Number, Bed.LoadAsync(right).Result.Number);
        var page = Render<MergePage>(parameters =>
            parameters.Add(merge => merge.Number, one).Add(merge => merge.Other, other)
        );
        page.WaitForState(() => page.FindAll("form, .notice, h1").Count > 0);
        return page;
    }

    private static string Chosen(IRenderedComponent<MergePage> page, string field) =>
        page.Find($"[aria-labelledby=merge-{field}] .merge-chosen span[dir=auto]").TextContent;
}
