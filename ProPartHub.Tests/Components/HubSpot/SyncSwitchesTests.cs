using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

/// <summary>Switches and what waits, as an admin meets them: off at once, writing on only after a question.</summary>
public sealed class SyncSwitchesTests : HubComponentTest
{
    private SyncDesk _desk = null!;

    protected override async Task ArrangeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        Services.AddSingleton(_desk.Get<SyncMonitor>());
        Services.AddSingleton(new ProPartHub.Domain.Agency.AgencySignal());
        Services.AddSingleton(_desk.Get<SyncStatusQueries>());
        Services.AddSingleton(_desk.Get<SyncAdmin>());
        Services.AddSingleton(_desk.Get<SyncSwitches>());
        Services.AddSingleton(_desk.Get<WaitingQueries>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _desk.DisposeAsync();
    }

    [Fact]
    public void WithoutAnAccount_ThereIsNothingToTurn() =>
        Assert.Contains(
            "під’єднано",
            Open("switches").WaitForElement(".empty-state").TextContent,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task WritingOff_IsOneClick_AndOnAgainAQuestion()
    {
        await _desk.ConnectAsync();
        await _desk.LeadAsync(1);
        var dialogs = RenderDialogs();
        var page = Open("switches");

        await page.OnAsync("[role=switch]", element => element.ClickAsync(new()), 1);
        Assert.Equal(SyncPart.Outbound, await OffAsync());
        page.WaitForAssertion(() =>
            Assert.Equal("false", page.FindAll("[role=switch]")[1].GetAttribute("aria-checked"))
        );

        foreach (var (button, off) in new[] { (0, SyncPart.Outbound), (1, SyncPart.None) })
        {
            var asked = page.OnAsync("[role=switch]", element => element.ClickAsync(new()), 1);
            Assert.Equal("1 зміна чекає й піде одразу.", dialogs.WaitForElement(".dialog-text").TextContent);
            await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), button);
            await asked;
            Assert.Equal(off, await OffAsync());
        }
    }

    [Fact]
    public async Task Waiting_SaysWhatWouldBeWritten()
    {
        await _desk.ConnectAsync();
        await _desk.LeadAsync(1);
        var known = await _desk.LeadAsync(2);
        await _desk.LinkAsync(known.Id, "77");
        var lead = await _desk.Bed.ReadAsync(db => db.Leads.SingleAsync(row => row.Id == known.Id));
        await _desk.AgreeAsync(
            known.Id,
            new()
            {
                [nameof(LeadField.ClientName)] = lead.ClientName,
                [nameof(LeadField.Country)] = "Дубай",
                [nameof(LeadField.Agent)] = null,
            }
        );

        var page = await _desk.Get<WaitingQueries>().PageAsync(_desk.Bed.Ada, 1, Token);

        Assert.Equal([true, false], page.Rows.Select(row => row.IsNew).OrderDescending());
        var changes = page.Rows.Single(row => !row.IsNew).Changes;
        Assert.Equal(
            [nameof(LeadField.Agent), nameof(LeadField.Country)],
            changes.Select(change => change.Field).Order()
        );
        var agent = changes.Single(change => change.Field == nameof(LeadField.Agent));
        Assert.Equal((null, _desk.Bed.Olena.Name), (agent.Before.Text, agent.After.Text));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _desk.Get<WaitingQueries>().PageAsync(_desk.Bed.Nina, 1, Token)
        );

        var shown = Open("waiting");
        Assert.Contains(
            shown.WaitForElements(".item"),
            item => item.TextContent.Contains("Буде створено угоду", StringComparison.Ordinal)
        );
        Assert.Contains("Дубай", shown.Find(".waiting-changes").TextContent, StringComparison.Ordinal);
    }

    private Task<SyncPart> OffAsync() =>
        _desk.Bed.ReadAsync(db => db.HubSpotAccounts.Select(account => account.SwitchedOff).SingleAsync());

    private IRenderedComponent<SyncPage> Open(string view)
    {
        SignIn(_desk.Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/admin/sync?view={view}");
        return Render<SyncPage>();
    }
}
