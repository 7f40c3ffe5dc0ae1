using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotObjectsTests
{
    private const string Missing =
        """{"status":"error","message":"resource not found","category":"OBJECT_NOT_FOUND"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AsksByNameAndFollowsTheCursor()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            200,
            """
            {"results":[{"id":"101","properties":{"dealname":"Квартира","amount":null},"createdAt":"2026-01-02T03:04:05Z",
              "updatedAt":"2026-01-02T03:04:05.678Z","archived":false,
              "associations":{"contacts":{"results":[{"id":"7","type":"deal_to_contact"},{"id":"7","type":"deal_to_contact_unlabeled"}]}}}],
             "paging":{"next":{"after":"102","link":"x"}}}
            """
        );

        var page = await hub.Client.ListAsync(
            "deals",
            ["dealname", "amount"],
            "100",
            Backfill,
            false,
            ["contacts"],
            Cancellation
        );

        Assert.Equal(
            new ScriptedRequest(
                "GET",
                "/crm/objects/2026-03/deals?limit=100&after=100&properties=dealname%2Camount&associations=contacts&archived=false",
                "",
                "Bearer pat-eu1-for-tests"
            ),
            hub.Server.LastRequest
        );
        var deal = Assert.Single(page.Results);
        Assert.Equal(("102", "101", "Квартира", null), (page.Next, deal.Id, deal["dealname"], deal["amount"]));
        Assert.True(deal.Properties.ContainsKey("amount"));
        Assert.Equal(["7"], deal.AssociatedIds("contacts"));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), deal.UpdatedAt);
    }

    [Fact]
    public async Task List_MorePropertiesThanAnAddressHolds_ReadsTheValuesByBatch()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
                200,
                """{"results":[{"id":"1","associations":{"contacts":{"results":[{"id":"9"}]}}},{"id":"2"}]}"""
            )
            .Answers(207, """{"results":[{"id":"1","properties":{"p0":"x"}}]}""");
        string[] names = [.. Enumerable.Range(0, 2000).Select(i => $"property_{i}")];

        var page = await hub.Client.ListAsync("deals", names, null, Backfill, false, ["contacts"], Cancellation);

        var deal = Assert.Single(page.Results);
        Assert.Equal(("1", "x", "9"), (deal.Id, deal["p0"], deal.AssociatedIds("contacts")[0]));
        Assert.All(hub.Server.Requests, request => Assert.InRange(request.Target.Length, 1, 15_000));
        Assert.Equal("/crm/objects/2026-03/deals/batch/read?archived=false", hub.Server.LastRequest.Target);
    }

    [Fact]
    public async Task Find_AnsweredIdMayDifferAfterAMerge()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(200, """{"id":3,"properties":{"hs_merged_object_ids":"1;2"}}""");

        var survivor = await hub.Client.FindAsync("contacts", "1", ["email"], Changes, cancellationToken: Cancellation);

        Assert.Equal("3", survivor?.Id);
        Assert.Equal(["1", "2"], survivor?.MergedIds);
    }

    [Fact]
    public async Task Find_NotThere_IsNull()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(404, Missing);

        Assert.Null(await hub.Client.FindAsync("contacts", "1", [], Changes, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task FindBy_KeepsTheValueOutOfTheAddress()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            200,
            """{"status":"COMPLETE","results":[{"id":"5","properties":{"email":"a@b.example"}}]}"""
        );

        var contact = await hub.Client.FindByAsync("contacts", "email", "a@b.example", ["email"], Push, Cancellation);

        Assert.Equal("5", contact?.Id);
        Assert.Equal("/crm/objects/2026-03/contacts/batch/read?archived=false", hub.Server.LastRequest.Target);
        Assert.Equal(
            """{"inputs":[{"id":"a@b.example"}],"properties":["email"],"propertiesWithHistory":[],"idProperty":"email"}""",
            hub.Server.LastRequest.Body
        );
    }

    [Theory]
    [InlineData(207)]
    [InlineData(200)]
    public async Task FindBy_NotThere_IsNull(int status)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            status,
            """{"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error","category":"OBJECT_NOT_FOUND","context":{"ids":["L-1"]}}]}"""
        );

        Assert.Null(await hub.Client.FindByAsync("deals", "propart_lead_id", "L-1", [], Push, Cancellation));
    }

    [Fact]
    public async Task FindBy_OtherError_IsNotTakenForNotThere()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            207,
            """{"results":[],"errors":[{"category":"VALIDATION_ERROR","message":"no such id property"}]}"""
        );

        await hub.FailureOfAsync<HubSpotValidationException>(
            hub.Client.FindByAsync("deals", "propart_lead_id", "L-1", [], Push, Cancellation)
        );
    }

    [Fact]
    public async Task Create_SendsValuesAndAssociationsInOneStep()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(201, """{"id":"11","properties":{"dealname":"Ґанок"},"createdAt":"1790000000000"}""");

        var deal = await hub.Client.CreateAsync(
            "deals",
            new Dictionary<string, string?> { ["dealname"] = "Ґанок \"A\"", ["amount"] = null },
            [new("201", HubSpotAssociationTypes.DealToContact)],
            Push,
            Cancellation
        );

        Assert.Equal(
            ("POST", "/crm/objects/2026-03/deals"),
            (hub.Server.LastRequest.Method, hub.Server.LastRequest.Target)
        );
        Assert.Equal(
            """{"properties":{"dealname":"Ґанок \"A\"","amount":""},"associations":[{"to":{"id":"201"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]}]}""",
            hub.Server.LastRequest.Body
        );
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1790000000000), deal.CreatedAt);
    }

    [Fact]
    public async Task Update_PatchesAndGivesTheNewState()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(200, """{"id":"11","properties":{"amount":"5"},"updatedAt":"2026-11-23T12:00:00Z"}""");

        var deal = await hub.Client.UpdateAsync(
            "deals",
            "11",
            new Dictionary<string, string?> { ["amount"] = "5" },
            Push,
            Cancellation
        );

        Assert.Equal(
            new ScriptedRequest(
                "PATCH",
                "/crm/objects/2026-03/deals/11",
                """{"properties":{"amount":"5"}}""",
                "Bearer pat-eu1-for-tests"
            ),
            hub.Server.LastRequest
        );
        Assert.Equal("5", deal["amount"]);
    }

    [Fact]
    public async Task Update_NotThere_IsNotFound()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(404, Missing);

        await hub.FailureOfAsync<HubSpotNotFoundException>(
            hub.Client.UpdateAsync("deals", "1", new Dictionary<string, string?>(), Push, Cancellation)
        );
    }

    [Fact]
    public async Task Archive_TwiceIsOnce()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(204).Answers(404, Missing);

        await hub.Client.ArchiveAsync("notes", "4", Push, Cancellation);
        await hub.Client.ArchiveAsync("notes", "4", Push, Cancellation);

        Assert.All(hub.Server.Requests, request => Assert.Equal("DELETE", request.Method));
    }
}
