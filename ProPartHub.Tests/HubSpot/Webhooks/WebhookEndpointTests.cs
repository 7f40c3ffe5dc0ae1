using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.HubSpot.Webhooks;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Webhooks;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string PublicAddress = "https://hub.example.com/webhooks/hubspot";
    private const string Event = """
        [{"eventId":1,"subscriptionId":7,"portalId":1,"occurredAt":1742214467116,"subscriptionType":"deal.creation",
          "attemptNumber":0,"objectId":50000000001}]
        """;

    private TestDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Cancel);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var target = new HubSpotWebhookTarget();
        target.Set(new Uri(PublicAddress), Secret);
        builder
            .Services.AddHubData(_database.ConnectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .AddHubSpotSyncServices()
            .AddSingleton(target);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapHubSpotWebhooks();
        await _app.StartAsync(Cancel);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task SignedEvent_IsStoredOnceHoweverOftenItComes()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Event));
        Assert.Equal(
            HttpStatusCode.NoContent,
            await PostAsync(Event.Replace("\"attemptNumber\":0", "\"attemptNumber\":1", StringComparison.Ordinal))
        );

        var stored = Assert.Single(await ReadAsync(db => db.WebhookEvents.ToListAsync(Cancel)));
        Assert.Equal(("deal.creation", "50000000001"), (stored.Type, stored.ObjectId));
        Assert.Null(stored.ProcessedAt);
    }

    [Fact]
    public async Task SameRequestPlayedAgain_ChangesNothing()
    {
        var sentAt = DateTimeOffset.UtcNow;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Event, sentAt));
        var processedAt = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
        await using var db = await _app.Services.GetRequiredService<HubDatabase>().ReadAsync(Cancel);
        await db.WebhookEvents.ExecuteUpdateAsync(
            row => row.SetProperty(entry => entry.ProcessedAt, processedAt),
            Cancel
        );

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Event, sentAt));

        Assert.Equal(
            processedAt,
            Assert.Single(await ReadAsync(all => all.WebhookEvents.ToListAsync(Cancel))).ProcessedAt
        );
    }

    [Fact]
    public async Task UnknownKindsAndUnreadableValues_AreKept_AndNeverRefuseADelivery()
    {
        const string body = """
            [{"eventId":1,"subscriptionType":"deal.propertyChange","objectId":5,"propertyValue":"\ud83d\u0000"},
             {"eventId":2,"subscriptionType":"object.teleported","objectTypeId":"9-9","novelty":{"a":[null]}},
             {"eventId":3}]
            """;

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body));

        var kinds = await ReadAsync(db =>
            db.WebhookEvents.OrderBy(row => row.Id).Select(row => row.Type).ToListAsync(Cancel)
        );
        Assert.Equal(["deal.propertyChange", "object.teleported", ""], kinds);
    }

    [Fact]
    public async Task DatabaseAway_IsNoSuccess_SoThatHubSpotComesAgain()
    {
        await _database.ShutAsync();

        var answer = await PostAsync(Event);

        await _database.ReopenAsync();
        Assert.True(answer >= HttpStatusCode.InternalServerError, $"{answer}");
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Event));
        Assert.Single(await ReadAsync(db => db.WebhookEvents.ToListAsync(Cancel)));
    }

    [Fact]
    public async Task WrongSecret_IsRefusedAndWrittenDown()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Event, secret: "another"));

        Assert.Empty(await ReadAsync(db => db.WebhookEvents.ToListAsync(Cancel)));
        var refusal = Assert.Single(await ReadAsync(db => db.SecurityEvents.ToListAsync(Cancel)));
        Assert.Equal(SecurityEventKind.WebhookRefused, refusal.Kind);
        Assert.Equal(nameof(WebhookSignatureVerdict.Forged), refusal.Details["verdict"]);
    }

    [Fact]
    public async Task FloodOfRefusedRequests_IsOneRow()
    {
        for (var request = 0; request < 5; request++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Event, secret: "another"));
        }

        Assert.Single(await ReadAsync(db => db.SecurityEvents.ToListAsync(Cancel)));
    }

    [Fact]
    public async Task SignatureForAnotherAddress_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Event, address: "http://127.0.0.1/webhooks/hubspot"));

    [Theory]
    [InlineData(-6)]
    [InlineData(10)]
    public async Task OldRecording_OrOneFromTheFuture_IsRefused(int minutes) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Event, DateTimeOffset.UtcNow.AddMinutes(minutes)));

    [Fact]
    public async Task BodyAboveTheLimit_IsRefusedUnread() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(new string(' ', (1024 * 1024) + 1)));

    [Fact]
    public async Task SignedNonsense_IsABadRequest() =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("not json"));

    private async Task<HttpStatusCode> PostAsync(
        string body,
        DateTimeOffset? sentAt = null,
        string secret = Secret,
        string address = PublicAddress
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var stamp = (sentAt ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, HubSpotEndpoints.WebhookPath);
        request.Content = new ByteArrayContent(bytes);
        request.Headers.Add(WebhookSignature.TimestampHeader, stamp);
        request.Headers.Add(
            WebhookSignature.SignatureHeader,
            WebhookSignature.Compute(secret, "POST", address, bytes, stamp)
        );
        using var response = await _http.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> query)
    {
        await using var db = await _app.Services.GetRequiredService<HubDatabase>().ReadAsync(Cancel);
        return await query(db);
    }
}
