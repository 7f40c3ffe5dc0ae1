using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadBatch_PairsByIdAndFollowsMerges()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            207,
            """
            {"status":"COMPLETE","results":[{"id":"8","properties":{"hs_merged_object_ids":"2;3"}},{"id":"1","properties":{"dealname":"A"}}],
             "numErrors":1,"errors":[{"status":"error","category":"OBJECT_NOT_FOUND","message":"gone","context":{"ids":["4"]}}]}
            """
        );

        var read = await hub.Client.ReadBatchAsync(
            "deals",
            ["1", "2", "4", "5"],
            ["dealname"],
            Changes,
            cancellationToken: Cancellation
        );

        Assert.Equal(("1", "8"), (read.Found["1"].Id, read.Found["2"].Id));
        Assert.Equal(2, read.Found.Count);
        Assert.Equal(["4"], read.Missing);
        Assert.Equal(["5"], read.Unanswered);
        Assert.Equal(
            """{"inputs":[{"id":"1"},{"id":"2"},{"id":"4"},{"id":"5"}],"properties":["dealname","hs_merged_object_ids"],"propertiesWithHistory":[]}""",
            hub.Server.LastRequest.Body
        );
    }

    [Fact]
    public async Task CreateBatch_PairsByTraceIdAndTellsEachRefusal()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            207,
            """
            {"status":"COMPLETE","results":[{"id":"22","objectWriteTraceId":"c","properties":{}},{"id":"21","objectWriteTraceId":"a","properties":{}}],
             "numErrors":2,"errors":[
              {"status":"error","category":"VALIDATION_ERROR","message":"no","errors":[{"message":"bad","code":"INVALID_OPTION","context":{"propertyName":["dealstage"]}}],"context":{"objectWriteTraceId":["b"]}},
              {"status":"error","category":"CONFLICT","message":"Contact already exists. Existing ID: 77","context":{"objectWriteTraceId":["d"]}}]}
            """
        );

        var made = await hub.Client.CreateBatchAsync(
            "deals",
            Inputs("a", "b", "c", "d", "e"),
            null,
            Push,
            Cancellation
        );

        Assert.Equal(("21", "22"), (made.Done["a"].Id, made.Done["c"].Id));
        Assert.Equal("dealstage", Assert.IsType<HubSpotValidationException>(made.Failed["b"]).Fault.Issues[0].Property);
        Assert.Equal("77", Assert.IsType<HubSpotConflictException>(made.Failed["d"]).ExistingId);
        Assert.Equal(["e"], made.Unanswered);
        Assert.Contains("\"objectWriteTraceId\":\"a\"", hub.Server.LastRequest.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateBatch_AnswerWithoutTraceIds_PairsByTheUniqueProperty()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            201,
            """{"results":[{"id":"2","properties":{"email":"b@x.example"}},{"id":"1","properties":{"email":"a@x.example"}},{"id":"3","properties":{}}]}"""
        );
        HubSpotCreate[] inputs =
        [
            new("t1", new Dictionary<string, string?> { ["email"] = "A@x.example" }),
            new("t2", new Dictionary<string, string?> { ["email"] = "b@x.example" }),
            new("t3", new Dictionary<string, string?>()),
        ];

        var made = await hub.Client.CreateBatchAsync("contacts", inputs, "email", Push, Cancellation);

        Assert.Equal(("1", "2"), (made.Done["t1"].Id, made.Done["t2"].Id));
        Assert.Equal(["t3"], made.Unanswered);
    }

    [Fact]
    public async Task UpdateBatch_PairsByIdInAnyOrder()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            200,
            """
            {"results":[{"id":"2","properties":{"amount":"20"}},{"id":"1","properties":{"amount":"10"}}],"numErrors":1,
             "errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":["3"]}}]}
            """
        );
        HubSpotUpdate[] inputs = [Update("1", "10"), Update("2", "20"), Update("3", "30")];

        var written = await hub.Client.UpdateBatchAsync("deals", inputs, Push, Cancellation);

        Assert.Equal(("10", "20"), (written.Done["1"]["amount"], written.Done["2"]["amount"]));
        Assert.IsType<HubSpotNotFoundException>(written.Failed["3"]);
        Assert.Empty(written.Unanswered);
    }

    [Fact]
    public async Task Batch_TooManyOrTheSameTwice_IsTheCallersFault()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        string[] many = [.. Enumerable.Range(1, 101).Select(i => $"{i}")];

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            hub.Client.ReadBatchAsync("deals", many, [], Push, cancellationToken: Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            hub.Client.ReadBatchAsync("deals", [], [], Push, cancellationToken: Cancellation)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            hub.Client.CreateBatchAsync("deals", Inputs("a", "a"), null, Push, Cancellation)
        );
        Assert.Empty(hub.Server.Requests);
    }

    [Fact]
    public async Task ReadAssociations_FollowsEveryRecordsOwnPages()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
                207,
                """
                {"results":[{"from":{"id":"1"},"to":[{"toObjectId":90071992547409931,"associationTypes":[{"category":"HUBSPOT_DEFINED","typeId":3,"label":null}]}],
                  "paging":{"next":{"after":"x1"}}}],
                 "errors":[{"status":"error","category":"OBJECT_NOT_FOUND","context":{"fromObjectId":["2"]}}]}
                """
            )
            .Answers(200, """{"results":[{"from":{"id":1},"to":[{"toObjectId":"8"}]}]}""");

        var read = await hub.Client.ReadAssociationsAsync("deals", "contacts", ["1", "2"], Backfill, Cancellation);

        Assert.Equal(["90071992547409931", "8"], read["1"].Select(association => association.ToId));
        Assert.Equal(3, read["1"][0].Types[0].TypeId);
        Assert.Empty(read["2"]);
        Assert.Equal("""{"inputs":[{"id":"1","after":"x1"}]}""", hub.Server.LastRequest.Body);
        Assert.Equal("/crm/associations/2026-03/deals/contacts/batch/read", hub.Server.LastRequest.Target);
        Assert.Equal([0, 0, 2], hub.Limiter.Snapshot().Buckets.Select(bucket => bucket.Used));
    }

    [Fact]
    public async Task ReadAssociations_OtherError_IsNotTakenForNone()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(207, """{"results":[],"errors":[{"category":"VALIDATION_ERROR","message":"no"}]}""");

        await hub.FailureOfAsync<HubSpotValidationException>(
            hub.Client.ReadAssociationsAsync("deals", "contacts", ["1"], Backfill, Cancellation)
        );
    }

    [Fact]
    public async Task Associate_SendsPairsAndGivesRefusals()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            207,
            """{"status":"COMPLETE","results":[{"from":{"id":"1"},"to":{"id":"2"}}],"errors":[{"category":"OBJECT_NOT_FOUND","message":"no 9"}]}"""
        );

        var result = await hub.Client.AssociateAsync(
            "notes",
            "deals",
            [new("1", "2"), new("1", "9")],
            Push,
            Cancellation
        );

        Assert.IsType<HubSpotNotFoundException>(Assert.Single(result.Refused));
        Assert.Equal(
            new ScriptedRequest(
                "POST",
                "/crm/associations/2026-03/notes/deals/batch/associate/default",
                """{"inputs":[{"from":{"id":"1"},"to":{"id":"2"}},{"from":{"id":"1"},"to":{"id":"9"}}]}""",
                "Bearer pat-eu1-for-tests"
            ),
            hub.Server.LastRequest
        );
    }

    private static HubSpotCreate[] Inputs(params string[] traceIds) =>
        [
            .. traceIds.Select(trace => new HubSpotCreate(
                trace,
                new Dictionary<string, string?> { ["dealname"] = trace }
            )),
        ];

    private static HubSpotUpdate Update(string id, string amount) =>
        new(id, new Dictionary<string, string?> { ["amount"] = amount });
}
