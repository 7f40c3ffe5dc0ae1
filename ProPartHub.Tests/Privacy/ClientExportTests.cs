using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Privacy;

/// <summary>A client's data as a file, over real HTTP: for admins alone, and never in a cache.</summary>
public sealed class ClientExportTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admin_GetsTheFile_NamedAfterLeadAndMoment()
    {
        var (lead, _) = await LeadAsync("own-export", 1);
        var (admin, browser) = await SignInAsync("export-admin", Role.Admin);

        using var answer = await browser.GetAsync(Address(lead.Id), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        var now = hub.Host.Services.GetRequiredService<AgencyTime>().Now;
        Assert.Equal($"client-L-{lead.Number}-{now:yyyy-MM-dd-HHmm}.json", disposition.FileName!.Trim('"'));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        // Its length was not known when it began.
        Assert.True(answer.Headers.TransferEncodingChunked);
        using var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal($"L-{lead.Number}", file.RootElement.GetProperty("leads")[0].GetProperty("number").GetString());
        var record = Assert.Single(
            await hub.EventsAsync(row => row.Kind == SecurityEventKind.ClientExported && row.ActorId == admin.Id)
        );
        Assert.Equal(lead.Id, record.LeadId);
        Assert.NotNull(record.Address);
    }

    [Fact]
    public async Task EverybodyElse_IsLedAway_WhoseverTheLeadIs()
    {
        var (lead, own) = await LeadAsync("own-agent", 2);
        using var visitor = hub.Host.NewBrowser();
        var (_, otherAgent) = await SignInAsync("other-agent", Role.Agent);
        var (_, otherManager) = await SignInAsync("other-manager", Role.Manager);

        await AssertLedAsync(visitor, "/account/login");
        foreach (var browser in new[] { own, otherAgent, otherManager })
        {
            await AssertLedAsync(browser, "/account/denied");
        }

        Assert.Empty(
            await hub.EventsAsync(row => row.Kind == SecurityEventKind.ClientExported && row.LeadId == lead.Id)
        );

        async Task AssertLedAsync(HttpClient browser, string to)
        {
            using var answer = await browser.GetAsync(Address(lead.Id), Token);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Contains(to, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ErasedClient_IsASkeleton_AndNoLead_IsNotFound()
    {
        var (lead, _) = await LeadAsync("own-erased", 3);
        var (admin, browser) = await SignInAsync("erasing-admin", Role.Admin);
        await hub
            .Host.Services.GetRequiredService<ClientErasure>()
            .EraseAsync(admin.ToActor("test"), lead.Id, $"{lead.Number}", "прохання", [lead.Id], Token);

        using var answer = await browser.GetAsync(Address(lead.Id), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.DoesNotContain("+380501000003", text, StringComparison.Ordinal);
        Assert.Contains("\"erasedAt\": \"", text, StringComparison.Ordinal);
        using var missing = await browser.GetAsync(Address(Guid.CreateVersion7()), Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task TooMany_AreRefused_UntilTheMinuteIsOver()
    {
        var (lead, _) = await LeadAsync("own-often", 4);
        var (admin, browser) = await SignInAsync("hasty-admin", Role.Admin);
        for (var file = 0; file < ActLimits.FilesAMinute; file++)
        {
            using var allowed = await browser.GetAsync(Address(lead.Id), Token);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await browser.GetAsync(Address(lead.Id), Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Null(refused.Content.Headers.ContentDisposition);
        var records = await hub.EventsAsync(row =>
            row.Kind == SecurityEventKind.ClientExported && row.ActorId == admin.Id
        );
        Assert.Equal(ActLimits.FilesAMinute, records.Count);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await browser.GetAsync(Address(lead.Id), Token);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    private static string Address(Guid leadId) => $"/leads/{leadId}/client-data";

    private async Task<(HubUser User, HttpClient Browser)> SignInAsync(string name, Role role)
    {
        var user = await hub.Host.AddUserAsync(name, Password, role);
        return (user, await hub.Host.SignInAsync(name, Password));
    }

    // A lead of an agent's own, and that agent's browser.
    private async Task<(LeadCreated Lead, HttpClient Browser)> LeadAsync(string name, int number)
    {
        var (agent, browser) = await SignInAsync(name, Role.Agent);
        await hub.ChangeAsync(agent.Id, user => user.IsVerified = true);
        await using var scope = hub.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StageDirectory>().EnsureLocalPipelineAsync(Token);
        var leads = scope.ServiceProvider.GetRequiredService<LeadService>();
        return (await leads.CreateAsync(agent.ToActor("test"), HubBed.Input(number), null, Token), browser);
    }
}
