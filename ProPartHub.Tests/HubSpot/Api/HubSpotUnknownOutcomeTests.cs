using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>A creating call goes out once, whatever becomes of the answer.</summary>
public sealed class HubSpotUnknownOutcomeTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(524)]
    public async Task Create_ServerFails_IsSentOnceAndReported(int status)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(status);

        var failure = await hub.FailureOfAsync<HubSpotWriteOutcomeUnknownException>(Create(hub));

        Assert.Equal(status, failure.Fault.StatusCode);
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task Create_ConnectionCutOnAReusedConnection_IsSentOnceAndReported()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(201, """{"id":"1"}""").Cuts();
        await hub.Clock.DriveAsync(Create(hub));

        var failure = await hub.FailureOfAsync<HubSpotWriteOutcomeUnknownException>(Create(hub));

        Assert.True(Assert.IsType<HubSpotTransportException>(failure.InnerException).MayHaveArrived);
        Assert.Equal(2, hub.Server.Requests.Count);
    }

    [Fact]
    public async Task Create_NoAnswer_IsSentOnceAndReported()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.StaysSilent();
        var create = Create(hub);
        await hub.Server.ArrivalAsync();

        hub.Clock.Advance(HubSpotHarness.AttemptTimeout);

        await hub.FailureOfAsync<HubSpotWriteOutcomeUnknownException>(create);
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task Create_TotalTimeIsUpOnTheWay_IsReported()
    {
        await using var hub = await HubSpotHarness.StartAsync(("TotalTimeout", "00:00:22"));
        hub.Server.Answers(429, "", ("Retry-After", "5")).StaysSilent();
        var create = Create(hub);
        await hub.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        hub.Clock.Advance(TimeSpan.FromSeconds(5));
        await hub.Server.ArrivalAsync();
        await hub.Server.ArrivalAsync();

        hub.Clock.Advance(TimeSpan.FromSeconds(17));

        await hub.FailureOfAsync<HubSpotWriteOutcomeUnknownException>(create);
        Assert.Equal(2, hub.Server.Requests.Count);
    }

    [Fact]
    public async Task CreateBatch_UnreadableSuccess_IsReported()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(201, "<html>");

        var batch = hub.Client.CreateBatchAsync(
            "deals",
            [new("t1", new Dictionary<string, string?>())],
            null,
            Push,
            TestContext.Current.CancellationToken
        );

        await hub.FailureOfAsync<HubSpotWriteOutcomeUnknownException>(batch);
    }

    [Fact]
    public async Task Create_NobodyListens_IsRepeatedBecauseNothingWasSent()
    {
        await using var hub = await HubSpotHarness.StartAsync(("MaxRetries", "2"));
        await hub.Server.DisposeAsync();

        var failure = await hub.FailureOfAsync<HubSpotTransportException>(Create(hub));

        Assert.False(failure.MayHaveArrived);
        Assert.Equal(3, hub.Limiter.Snapshot().Buckets[0].Used);
    }

    [Fact]
    public async Task Create_TooFast_IsRepeatedBecauseNothingWasDone()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(429).Answers(201, """{"id":"7"}""");

        Assert.Equal("7", (await hub.Clock.DriveAsync(Create(hub))).Id);
    }

    [Fact]
    public async Task Update_ServerFails_IsRepeatedBecauseTwiceIsTheSameAsOnce()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(502).Answers(200, """{"id":"7"}""");

        await hub.Clock.DriveAsync(
            hub.Client.UpdateAsync(
                "deals",
                "7",
                new Dictionary<string, string?> { ["amount"] = "1" },
                Push,
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(2, hub.Server.Requests.Count);
    }

    private static Task<HubSpotObject> Create(HubSpotHarness hub) =>
        hub.Client.CreateAsync(
            "contacts",
            new Dictionary<string, string?> { ["firstname"] = "Оксана" },
            null,
            Push,
            TestContext.Current.CancellationToken
        );
}
