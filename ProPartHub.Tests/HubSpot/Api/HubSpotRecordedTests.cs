using System.Text.Json;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>Real answers of HubSpot's API, played back byte for byte with their own headers.</summary>
public sealed class HubSpotRecordedTests
{
    private static readonly JsonElement Exchanges = TestData.Read("recorded-exchanges.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_EmptyPropertyComesAsNullAndTheDayIsLearned()
    {
        await using var hub = await PlayAsync("search 200 with requested-but-empty property");

        var page = await hub.Client.SearchAsync("companies", new(), Changes, Cancellation);

        var found = Assert.Single(page.Results);
        Assert.Equal((1, "7945143592", "John"), (page.Total, found.Id, found["name"]));
        Assert.True(found.Properties.TryGetValue("facebookfans", out var empty) && empty is null);
        Assert.False(found.Properties.ContainsKey("date_field"));
        Assert.Equal((250000, 248703), (hub.Limiter.Snapshot().DailyLimit, hub.Limiter.Snapshot().DailyRemaining));
    }

    [Theory]
    [InlineData("search 429")]
    [InlineData("search 429 without any rate header")]
    public async Task Search_TooFast_IsRepeatedAfterAPauseOfSearchesAlone(string refusal)
    {
        await using var hub = await PlayAsync(refusal, "search 200 empty");

        var page = await hub.Clock.DriveAsync(hub.Client.SearchAsync("companies", new(), Changes, Cancellation));

        Assert.Equal(0, page.Total);
        Assert.Equal([90, 2, 80], hub.Limiter.Snapshot().Buckets.Select(bucket => bucket.Limit));
    }

    [Fact]
    public async Task CreateBatch_AnsweredInAnotherOrder_IsPairedRight()
    {
        const string name = "batch create 201, results not in input order";
        await using var hub = await PlayAsync(name);
        HubSpotCreate[] inputs =
        [
            .. Exchange(name)
                .GetProperty("request")
                .GetProperty("body")
                .GetProperty("inputs")
                .EnumerateArray()
                .Select(input => new HubSpotCreate(
                    "trace of " + input.GetProperty("properties").GetProperty("domain").GetString(),
                    input.GetProperty("properties").Deserialize<Dictionary<string, string?>>()!
                )),
        ];

        var made = await hub.Client.CreateBatchAsync("companies", inputs, "domain", Push, Cancellation);

        Assert.Empty(made.Unanswered);
        Assert.Equal(inputs.Length, made.Done.Count);
        Assert.All(inputs, input => Assert.Equal(input.Properties["name"], made.Done[input.TraceId]["name"]));
    }

    [Fact]
    public async Task CreateBatch_RateHeaders_CountWhatOthersUse()
    {
        await using var hub = await PlayAsync("batch create 201 contact");
        var input = new HubSpotCreate("t", new Dictionary<string, string?> { ["email"] = "grouparoo@demo.com" });

        var made = await hub.Client.CreateBatchAsync("contacts", [input], "email", Push, Cancellation);

        Assert.Equal("290201", made.Done["t"].Id);
        // Max 100, remaining 98: one call is ours, one somebody else's.
        Assert.Equal((2, 90), (hub.Limiter.Snapshot().Buckets[0].Used, hub.Limiter.Snapshot().Buckets[0].Limit));
    }

    [Fact]
    public async Task UpdateBatch_GivesTheNewState()
    {
        await using var hub = await PlayAsync("batch update 200");
        var input = new HubSpotUpdate("7945143592", new Dictionary<string, string?> { ["facebookfans"] = "3039" });

        var written = await hub.Client.UpdateBatchAsync("companies", [input], Push, Cancellation);

        var done = written.Done["7945143592"];
        Assert.Equal("3039", done["facebookfans"]);
        Assert.Equal(new DateTimeOffset(2022, 2, 17, 19, 13, 42, 588, TimeSpan.Zero), done.UpdatedAt);
    }

    [Fact]
    public async Task Archive_EmptyAnswer_IsSuccess()
    {
        await using var hub = await PlayAsync("batch archive 204");

        await hub.Client.ArchiveAsync("companies", "7945057905", Push, Cancellation);

        Assert.Equal(248671, hub.Limiter.Snapshot().DailyRemaining);
    }

    private static JsonElement Exchange(string name) =>
        Exchanges.EnumerateArray().Single(exchange => exchange.GetProperty("name").GetString() == name);

    private static async Task<HubSpotHarness> PlayAsync(params string[] names)
    {
        var hub = await HubSpotHarness.StartAsync();
        foreach (var response in names.Select(name => Exchange(name).GetProperty("response")))
        {
            var body = response.GetProperty("body");
            hub.Server.Answers(
                response.GetProperty("status").GetInt32(),
                body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText(),
                [
                    .. response
                        .GetProperty("headers")
                        .EnumerateObject()
                        .Where(header => header.Name.StartsWith("X-", StringComparison.Ordinal))
                        .Select(header => (header.Name, header.Value.GetString()!)),
                ]
            );
        }

        return hub;
    }
}
