using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

/// <summary>The check of the connection as an admin meets it: asked for, waited for, read.</summary>
public sealed class ConnectionCheckTests : HubComponentTest
{
    private SyncDesk _desk = null!;

    protected override async Task ArrangeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        Services.AddSingleton(_desk.Get<SyncMonitor>());
        Services.AddSingleton(new ProPartHub.Domain.Agency.AgencySignal());
        Services.AddSingleton(_desk.Get<SyncStatusQueries>());
        Services.AddSingleton(_desk.Get<SyncAdmin>());
        Services.AddSingleton(new ActLimits(new SecurityLog(_desk.Bed.Get<HubDatabase>(), Clock), Clock));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Check_IsAskedFor_WaitedFor_AndShownOnceItIsThere()
    {
        await _desk.ConnectAsync();
        var page = Open();

        await page.OnAsync(".empty-state button", element => element.ClickAsync(new()));
        Assert.NotNull(
            await _desk.Bed.ReadAsync(db => db.HubSpotAccounts.Select(row => row.CheckAskedAt).SingleAsync())
        );
        page.WaitForAssertion(() => Assert.Equal("Перевіряємо…", page.Find(".check-head button").TextContent.Trim()));
        Assert.True(page.Find(".check-head button").HasAttribute("disabled"));

        await StoreAsync([
            new(CheckTopic.Owners, CheckOutcome.Fine, ["7", "1234"]),
            new(CheckTopic.Write, CheckOutcome.Fault, [], "deals", "crm.objects.deals.write"),
            new(CheckTopic.Properties, CheckOutcome.Attention, ["deals.budget", "contacts.country"]),
        ]);
        Feed.Publish(FeedMessage.RefreshAll);

        var findings = page.WaitForElements(".finding");
        Assert.Equal("Треба виправити 1 річ.", page.Find(".check-sum").FirstChild!.TextContent.Trim());
        Assert.Contains("активних 7 із 1\u00a0234", findings[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Запис: угоди", findings[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("crm.objects.deals.write", findings[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("deals.budget, contacts.country", findings[2].TextContent, StringComparison.Ordinal);
        Assert.False(page.Find(".check-head button").HasAttribute("disabled"));
    }

    [Fact]
    public void WithoutAnAccount_ThereIsNothingToCheck() =>
        Assert.Empty(Open().WaitForElement(".empty-state").QuerySelectorAll("button"));

    private async Task StoreAsync(CheckFinding[] findings) =>
        await _desk
            .Bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var account = await db.HubSpotAccounts.SingleAsync(token);
                    (account.CheckAskedAt, account.CheckedAt) = (null, _desk.Bed.Time.GetUtcNow());
                    account.CheckFindings = findings;
                },
                Token
            );

    private IRenderedComponent<SyncPage> Open()
    {
        SignIn(_desk.Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/sync?view=check");
        return Render<SyncPage>();
    }
}
