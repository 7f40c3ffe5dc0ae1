using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotSchemaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAccount_TeachesTheLimiterWhenTheDayEnds()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
                200,
                """{"portalId":"147000001","accountType":"STANDARD","timeZone":"Europe/Kyiv","utcOffset":"+02:00","utcOffsetMilliseconds":7200000,"uiDomain":"app-eu1.hubspot.com"}"""
            )
            .Answers(429, """{"policyName":"DAILY"}""");

        var account = await hub.Client.GetAccountAsync(Interactive, Cancellation);
        await hub.FailureOfAsync<HubSpotRateLimitedException>(hub.Client.GetAccountAsync(Interactive, Cancellation));

        Assert.Equal((147000001, "app-eu1.hubspot.com"), (account.PortalId, account.UiDomain));
        Assert.Equal("/account-info/2026-09/details", hub.Server.LastRequest.Target);
        Assert.Equal(new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero), hub.Limiter.Snapshot().Closed?.Until);
    }

    [Fact]
    public void FindTimeZone_UnknownName_FallsBackToTheOffset()
    {
        var account = new HubSpotAccount { TimeZone = "Mars/Olympus", UtcOffsetMilliseconds = -12_600_000 };

        Assert.Equal(TimeSpan.FromHours(-3.5), account.FindTimeZone().BaseUtcOffset);
    }

    [Fact]
    public async Task GetProperties_TellsWhatMayBeSent()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            200,
            """
            {"results":[
              {"name":"dealstage","label":"Stage","type":"enumeration","fieldType":"radio","options":[{"label":"Новий","value":"1","displayOrder":-1,"hidden":true}]},
              {"name":"hs_createdate","calculated":false,"options":null,"modificationMetadata":{"archivable":false,"readOnlyDefinition":true,"readOnlyValue":true}},
              {"name":"days","calculated":true},
              {"name":"propart_lead_id","hasUniqueValue":true,"modificationMetadata":{"readOnlyValue":false}}]}
            """
        );

        var properties = await hub.Client.GetPropertiesAsync("deals", Changes, Cancellation);

        Assert.Equal([false, true, true, false], properties.Select(property => property.IsReadOnly));
        Assert.Equal([new("1", "Новий", -1, true)], properties[0].Options);
        Assert.Empty(properties[1].Options);
        Assert.True(properties[3].HasUniqueValue);
        Assert.Equal("/crm/properties/2026-03/deals", hub.Server.LastRequest.Target);
    }

    [Fact]
    public async Task CreateProperty_SendsTheDefinition()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(201, """{"name":"propart_lead_id","hasUniqueValue":true}""");

        var made = await hub.Client.CreatePropertyAsync(
            "deals",
            new("propart_lead_id", "ProPart lead", "string", "text", "dealinformation", HasUniqueValue: true),
            Interactive,
            Cancellation
        );

        Assert.True(made.HasUniqueValue);
        Assert.Equal(
            """{"name":"propart_lead_id","label":"ProPart lead","type":"string","fieldType":"text","groupName":"dealinformation","hasUniqueValue":true,"hidden":false}""",
            hub.Server.LastRequest.Body
        );
    }

    [Fact]
    public async Task GetPipelines_ReadsStages()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            200,
            """
            {"results":[{"id":"default","label":"Ліди","displayOrder":0,"stages":[
              {"id":"closedwon","label":"Угода","displayOrder":1,"metadata":{"isClosed":"true","probability":"1.0"}},
              {"id":"36112","label":"Нова","displayOrder":0,"metadata":{"isClosed":false,"probability":0.2}},
              {"id":"x","metadata":null}]}]}
            """
        );

        var pipeline = Assert.Single(await hub.Client.GetPipelinesAsync("deals", Changes, Cancellation));

        Assert.Equal(
            [("closedwon", true, 1.0m), ("36112", false, 0.2m), ("x", false, (decimal?)null)],
            pipeline.Stages.Select(stage => (stage.Id, stage.IsClosed, stage.Probability))
        );
    }

    [Fact]
    public async Task GetOwners_ReadsAllPagesOfBothKinds()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(200, """{"results":[{"id":"1","userId":5}],"paging":{"next":{"after":"1"}}}""")
            .Answers(200, """{"results":[{"id":2}]}""")
            .Answers(200, """{"results":[{"id":"3","archived":true,"userId":null,"userIdIncludingInactive":99}]}""");

        var owners = await hub.Client.GetOwnersAsync(Changes, Cancellation);

        Assert.Equal([("1", false), ("2", false), ("3", true)], owners.Select(owner => (owner.Id, owner.Archived)));
        Assert.Equal("99", owners[2].UserIdIncludingInactive);
        Assert.Equal(
            [
                "/crm/owners/2026-03?limit=100&archived=false",
                "/crm/owners/2026-03?limit=100&after=1&archived=false",
                "/crm/owners/2026-03?limit=100&archived=true",
            ],
            hub.Server.Requests.Select(request => request.Target)
        );
    }

    [Theory]
    [InlineData(
        "2026-03",
        "crm/objects/2026-03/deals",
        "crm/associations/2026-03/deals/contacts",
        "account-info/2026-09/details"
    )]
    [InlineData(
        "2027-03",
        "crm/objects/2027-03/deals",
        "crm/associations/2027-03/deals/contacts",
        "account-info/2027-03/details"
    )]
    [InlineData("v3", "crm/v3/objects/deals", "crm/v4/associations/deals/contacts", "account-info/v3/details")]
    public void Paths_FollowTheVersion(string version, string objects, string associations, string account)
    {
        var paths = new HubSpotPaths(version);

        Assert.Equal(
            (objects, associations, account),
            (paths.Objects("deals"), paths.Associations("deals", "contacts"), paths.AccountDetails())
        );
    }
}
