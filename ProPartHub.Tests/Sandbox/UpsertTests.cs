using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, 0.5 and 6.8: creating by a unique property, so that a repeated write makes no second record.</summary>
public sealed class UpsertTests : ContractTest
{
    [Fact]
    public async Task Upsert_TellsWhatIsNew()
    {
        var id = await ContactAsync("a@example.com");

        var written = await UpsertAsync(
            Contacts,
            """{"id":"a@example.com","idProperty":"email","properties":{"lastname":"Lovelace"}}""",
            """{"id":"b@example.com","idProperty":"email","properties":{"lastname":"Byron"}}"""
        );

        var results = written.Expect(200).Results.EnumerateArray().ToList();
        Assert.False(results.Single(one => one.Text("id") == id).GetProperty("new").GetBoolean());
        Assert.True(results.Single(one => one.Text("id") != id).GetProperty("new").GetBoolean());
        Assert.Equal(2, (await GetAsync(Contacts)).Results.GetArrayLength());
    }

    [Fact]
    public async Task Upsert_ByEmailIsNotAPartialUpdate()
    {
        var id = await ContactAsync("a@example.com", "Ada");

        await UpsertAsync(
            Contacts,
            """{"id":"a@example.com","idProperty":"email","properties":{"lastname":"Lovelace"}}"""
        );

        var record = await GetAsync($"{Contacts}/{id}");
        Assert.Equal((null, "Lovelace"), (record.Body.Value("firstname"), record.Body.Value("lastname")));
    }

    [Fact]
    public async Task Upsert_ByACustomUniquePropertyIsPartialAndRepeatable()
    {
        await MakeUniqueAsync();
        var properties =
            $$"""{"dealname":"Flat","pipeline":"{{LeadPipeline}}","dealstage":"{{FirstStage}}","amount":"100"}""";

        var made = await UpsertAsync(Deals, $$"""{"id":"L-1","idProperty":"lead_key","properties":{{properties}} }""");
        var again = await UpsertAsync(
            Deals,
            """{"id":"L-1","idProperty":"lead_key","properties":{"dealname":"Villa"}}"""
        );

        var id = made.Expect(200).Results[0].Text("id");
        Assert.True(made.Results[0].GetProperty("new").GetBoolean());
        Assert.Equal(id, again.Expect(200).Results[0].Text("id"));
        var deal = await GetAsync($"{Deals}/L-1?idProperty=lead_key&properties=dealname,amount,lead_key");
        Assert.Equal(
            ("Villa", "100", "L-1"),
            (deal.Body.Value("dealname"), deal.Body.Value("amount"), deal.Body.Value("lead_key"))
        );
    }

    [Fact]
    public async Task UniqueProperty_FindsARecordAtOnceWhileSearchLags()
    {
        await MakeUniqueAsync();
        (
            await PostAsync(
                Deals,
                $$"""
                {"properties":{"dealname":"Flat","pipeline":"{{LeadPipeline}}","dealstage":"{{FirstStage}}","lead_key":"L-1"} }
                """
            )
        ).Expect(201);

        (await GetAsync($"{Deals}/L-1?idProperty=lead_key")).Expect(200);
    }

    [Fact]
    public async Task UniqueProperty_RefusesATakenValue()
    {
        await MakeUniqueAsync();
        var (first, second) = (await DealAsync(), await DealAsync());
        (await PatchAsync($"{Deals}/{first}", """{"properties":{"lead_key":"L-1"}}""")).Expect(200);

        var refused = await PatchAsync($"{Deals}/{second}", """{"properties":{"lead_key":"L-1"}}""");

        Assert.Equal(
            "CONFLICTING_UNIQUE_VALUE",
            refused.ExpectError(400, "VALIDATION_ERROR")["errors"][0].Text("code")
        );
    }

    [Fact]
    public async Task Upsert_WithoutIdPropertyIsRefused() =>
        (await UpsertAsync(Contacts, """{"id":"a@example.com","properties":{}}""")).ExpectError(
            400,
            "VALIDATION_ERROR"
        );

    [Fact]
    public async Task Upsert_WithTraceIdsSucceedsInPart()
    {
        var written = await UpsertAsync(
            Contacts,
            """{"id":"a@example.com","idProperty":"email","objectWriteTraceId":"a","properties":{}}""",
            """{"id":"000","idProperty":"email","objectWriteTraceId":"b","properties":{}}"""
        );

        Assert.Equal("a", Assert.Single(written.Expect(207).Results.EnumerateArray()).Text("objectWriteTraceId"));
        Assert.Equal("b", written["errors"][0].GetProperty("context").GetProperty("objectWriteTraceId")[0].GetString());
    }

    private async Task MakeUniqueAsync() =>
        (
            await PostAsync(
                "/crm/properties/2026-03/deals",
                """
                {"name":"lead_key","label":"Lead key","type":"string","fieldType":"text","groupName":"dealinformation",
                 "hasUniqueValue":true}
                """
            )
        ).Expect(201);

    private Task<Answer> UpsertAsync(string path, params string[] inputs) =>
        PostAsync($"{path}/batch/upsert", $$"""{"inputs":[{{string.Join(',', inputs)}}]}""");
}
