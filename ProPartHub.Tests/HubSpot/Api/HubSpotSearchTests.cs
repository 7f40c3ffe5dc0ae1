using System.Text.Json;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotSearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SearchChanged_WalksByIdInsideAClosedWindow()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
                200,
                """{"total":3,"results":[{"id":"5","properties":{"lastmodifieddate":"2026-11-23T11:59:00.5Z"}},{"id":"9","properties":{}}],"paging":{"next":{"after":"200"}}}"""
            )
            .Answers(200, """{"total":1,"results":[{"id":"12","properties":{}}]}""");
        var to = hub.Clock.GetUtcNow();

        var first = await hub.Client.SearchChangedAsync("contacts", to.AddMinutes(-5), to, null, Changes, Cancellation);
        var last = await hub.Client.SearchChangedAsync(
            "contacts",
            to.AddMinutes(-5),
            to,
            first.AfterId,
            Changes,
            Cancellation
        );

        Assert.Equal([new("5", to.AddSeconds(-59.5)), new("9", null)], first.Changes);
        Assert.Equal(("9", null), (first.AfterId, last.AfterId));
        var (from, until) = (to.AddMinutes(-5).ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        Assert.Equal(
            $$$"""{"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"GTE","value":"{{{from}}}"},{"propertyName":"lastmodifieddate","operator":"LTE","value":"{{{until}}}"},{"propertyName":"hs_object_id","operator":"GT","value":"9"}]}],"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],"properties":["lastmodifieddate"],"limit":200}""",
            hub.Server.LastRequest.Body
        );
        Assert.Equal([0, 2, 0], hub.Limiter.Snapshot().Buckets.Select(bucket => bucket.Used));
    }

    [Fact]
    public async Task Search_SeveralWays_AreSentAsGroups()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(200, """{"total":0,"results":[]}""");

        await hub.Client.SearchAsync(
            "contacts",
            new()
            {
                FilterGroups =
                [
                    new(new HubSpotFilter("phone", "EQ", "+380501234567")),
                    new(new HubSpotFilter("mobilephone", "IN", null, ["1", "2"])),
                ],
            },
            Interactive,
            Cancellation
        );

        using var body = JsonDocument.Parse(hub.Server.LastRequest.Body);
        Assert.Equal(
            """[{"filters":[{"propertyName":"phone","operator":"EQ","value":"+380501234567"}]},{"filters":[{"propertyName":"mobilephone","operator":"IN","values":["1","2"]}]}]""",
            body.RootElement.GetProperty("filterGroups").GetRawText()
        );
    }
}
