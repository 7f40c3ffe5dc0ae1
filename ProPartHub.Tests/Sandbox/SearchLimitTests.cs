using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Seed;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 2 and 3: what a search refuses, and how far its index lags behind.</summary>
public sealed class SearchLimitTests : ContractTest
{
    private const string Filter = """{"propertyName":"firstname","operator":"HAS_PROPERTY"}""";

    private protected override SandboxOptions Options =>
        new()
        {
            TimeProvider = Clock,
            Seed = SeedOptions.Empty,
            SearchIndexDelay = TimeSpan.FromSeconds(30),
        };

    [Fact]
    public async Task Index_ShowsANewRecordOnlyAfterAWhile()
    {
        var id = await ContactAsync("a@example.com");

        Clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty((await SearchAsync("{}")).Results.Ids());

        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([id], (await SearchAsync("{}")).Results.Ids());
    }

    [Fact]
    public async Task Index_ShowsAndFindsTheValuesOfThen()
    {
        var id = await ContactAsync("a@example.com", "Ada");
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Анна"}}""")).Expect(200);

        const string byName = """
            {"filters":[{"propertyName":"firstname","operator":"EQ","value":"Ada"}],"properties":["firstname"]}
            """;
        var found = await SearchAsync(byName);
        Assert.Equal("Ada", found.Results[0].Value("firstname"));
        Assert.Equal("2026-11-23T12:00:00Z", found.Results[0].Text("updatedAt"));
        Assert.Equal("Анна", (await GetAsync($"{Contacts}/{id}")).Body.Value("firstname"));

        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty((await SearchAsync(byName)).Results.Ids());
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 400)]
    public async Task Page_HasAtMost200(int limit, int status) =>
        (await PostAsync($"{Contacts}/search", $$"""{"limit":{{limit}} }""")).Expect(status);

    [Fact]
    public async Task Page_HasTenUnlessAsked()
    {
        for (var i = 0; i < 11; i++)
        {
            await ContactAsync($"client{i}@example.com");
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(10, (await SearchAsync("{}")).Results.GetArrayLength());
    }

    [Theory]
    [InlineData(9_800, 200, 200)]
    [InlineData(9_801, 200, 400)]
    [InlineData(10_000, 1, 400)]
    public async Task Results_EndAt10000(int after, int limit, int status) =>
        (await PostAsync($"{Contacts}/search", $$"""{"after":"{{after}}","limit":{{limit}} }""")).Expect(status);

    [Theory]
    [InlineData(5, 1, 200)]
    [InlineData(6, 1, 400)]
    [InlineData(1, 6, 200)]
    [InlineData(1, 7, 400)]
    [InlineData(3, 6, 200)]
    [InlineData(4, 5, 400)]
    public async Task Filters_AreAtMost5GroupsOf6And18InAll(int groups, int filters, int status)
    {
        var group = $$"""{"filters":[{{string.Join(',', Enumerable.Repeat(Filter, filters))}}]}""";

        var answer = await PostAsync(
            $"{Contacts}/search",
            $$"""{"filterGroups":[{{string.Join(',', Enumerable.Repeat(group, groups))}}]}"""
        );

        answer.Expect(status);
        if (status == 400)
        {
            answer.ExpectError(400, "VALIDATION_ERROR");
        }
    }

    [Theory]
    [InlineData("""{"sorts":[{"propertyName":"email"},{"propertyName":"firstname"}]}""")]
    [InlineData("""{"sorts":[{"propertyName":"no_such_property"}]}""")]
    [InlineData("""{"sorts":["no_such_property"]}""")]
    [InlineData("""{"sorts":[1]}""")]
    [InlineData("""{"sorts":[{}]}""")]
    [InlineData("""{"filters":[{"propertyName":"no_such_property","operator":"EQ","value":"1"}]}""")]
    [InlineData("""{"filters":[{"propertyName":"email","operator":"LIKE","value":"1"}]}""")]
    [InlineData("""{"filters":[{"propertyName":"email","operator":"EQ"}]}""")]
    [InlineData("""{"filters":[{"propertyName":"email","operator":"IN"}]}""")]
    [InlineData("""{"filters":[{"propertyName":"createdate","operator":"GT","value":"yesterday"}]}""")]
    [InlineData("""{"after":"abc"}""")]
    [InlineData("""{"after":"-1"}""")]
    public async Task Malformed_IsRefused(string body) =>
        (await PostAsync($"{Contacts}/search", body)).ExpectError(400, "VALIDATION_ERROR");

    [Theory]
    [InlineData("emails", "hs_email_html")]
    [InlineData("notes", "hs_body_preview")]
    public async Task BodiesOfEngagements_CannotBeFilteredBy(string type, string property) =>
        (
            await PostAsync(
                $"/crm/objects/2026-03/{type}/search",
                $$"""{"filters":[{"propertyName":"{{property}}","operator":"CONTAINS_TOKEN","value":"villa"}]}"""
            )
        ).ExpectError(400, "VALIDATION_ERROR");

    [Fact]
    public async Task Body_HasAtMost3000Characters()
    {
        var body = """{"query":"x"}""";

        (await PostAsync($"{Contacts}/search", body.PadRight(3_000))).Expect(200);
        (await PostAsync($"{Contacts}/search", body.PadRight(3_001))).ExpectError(400, "VALIDATION_ERROR");
    }

    private async Task<Answer> SearchAsync(string body) => (await PostAsync($"{Contacts}/search", body)).Expect(200);
}
