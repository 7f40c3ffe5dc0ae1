using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3 and 0.4: what becomes of the good inputs when others are bad.</summary>
public sealed class BatchWriteTests : ContractTest
{
    private const string Bad = """{"objectWriteTraceId":"bad","properties":{"email":"000"}}""";
    private const string Good = """{"objectWriteTraceId":"good","properties":{"email":"good@example.com"}}""";

    [Fact]
    public async Task Create_Answers201WithTraceIds()
    {
        var made = await CreateAsync(Contacts, Good);

        Assert.Equal("completedAt results startedAt status", made.Expect(201).Body.Members());
        Assert.Equal("good", made.Results[0].Text("objectWriteTraceId"));
    }

    [Theory]
    [InlineData("/crm/v3/objects", 207)]
    [InlineData("/crm/objects/2026-03", 207)]
    [InlineData("/crm/objects/2026-09", 201)]
    public async Task Create_WithTraceIdsOnAllSucceedsInPart(string root, int status)
    {
        var made = await CreateAsync($"{root}/contacts", Good, Bad);

        Assert.Equal(
            ["good"],
            made.Expect(status).Results.EnumerateArray().Select(one => one.Text("objectWriteTraceId"))
        );
        Assert.Equal(1, made["numErrors"].GetInt32());
        var error = made["errors"][0];
        Assert.Equal(("error", "VALIDATION_ERROR"), (error.Text("status"), error.Text("category")));
        Assert.NotEmpty(error.Text("message")!);
        Assert.Equal("bad", error.GetProperty("context").GetProperty("objectWriteTraceId")[0].GetString());
        Assert.Equal(
            "good@example.com",
            Assert.Single((await GetAsync(Contacts)).Results.EnumerateArray()).Value("email")
        );
    }

    [Fact]
    public async Task Create_WithoutTraceIdsFailsAsAWhole()
    {
        await ContactAsync("taken@example.com");

        var refused = await CreateAsync(
            Contacts,
            """{"properties":{"email":"new@example.com"}}""",
            """{"properties":{"email":"taken@example.com"}}"""
        );

        refused.ExpectError(409, "CONFLICT");
        Assert.Single((await GetAsync(Contacts)).Results.EnumerateArray());
    }

    [Fact]
    public async Task Create_ExistingContactAmongTracedOnesIsAConflictOfItsOwn()
    {
        var id = await ContactAsync("taken@example.com");

        var made = await CreateAsync(
            Contacts,
            Good,
            """{"objectWriteTraceId":"again","properties":{"email":"taken@example.com"}}"""
        );

        var error = made.Expect(207)["errors"][0];
        Assert.Equal("CONFLICT", error.Text("category"));
        Assert.Equal($"Contact already exists. Existing ID: {id}", error.Text("message"));
    }

    [Fact]
    public async Task TraceIds_MustDiffer() =>
        (await CreateAsync(Contacts, Good, Good.Replace("good@", "other@", StringComparison.Ordinal))).ExpectError(
            400,
            "VALIDATION_ERROR"
        );

    [Fact]
    public async Task Inputs_NamingOneRecordTwiceAreRefused()
    {
        var id = await ContactAsync("a@example.com");
        var input = $$"""{"id":"{{id}}","properties":{"firstname":"Анна"} }""";

        (await UpdateAsync(input, input)).ExpectError(400, "VALIDATION_ERROR");
        (
            await CreateAsync(
                Contacts,
                """{"properties":{"email":"b@example.com"}}""",
                """{"properties":{"email":"B@example.com"}}"""
            )
        ).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Update_GivingTwoRecordsOneUniqueValueIsRefused()
    {
        var (first, second) = (await ContactAsync("a@example.com"), await ContactAsync("b@example.com"));

        var refused = await UpdateAsync(
            $$"""{"id":"{{first}}","properties":{"email":"new@example.com"} }""",
            $$"""{"id":"{{second}}","properties":{"email":"new@example.com"} }"""
        );

        refused.ExpectError(400, "VALIDATION_ERROR");
        Assert.Equal("a@example.com", (await GetAsync($"{Contacts}/{first}")).Body.Value("email"));
    }

    [Fact]
    public async Task Update_Answers200()
    {
        var id = await ContactAsync("a@example.com");

        var updated = await UpdateAsync($$"""{"id":"{{id}}","properties":{"firstname":"Анна"} }""");

        Assert.Equal("Анна", updated.Expect(200).Results[0].Value("firstname"));
        Assert.Equal("COMPLETE", updated.Body.Text("status"));
    }

    [Fact]
    public async Task Update_WithTraceIdsTellsWhichIsMissing()
    {
        var id = await ContactAsync("a@example.com");

        var updated = await UpdateAsync(
            $$"""{"id":"{{id}}","objectWriteTraceId":"there","properties":{"firstname":"Анна"} }""",
            """{"id":"1","objectWriteTraceId":"gone","properties":{"firstname":"Анна"}}"""
        );

        Assert.Equal([id], updated.Expect(207).Results.Ids());
        Assert.Equal("OBJECT_NOT_FOUND", updated["errors"][0].Text("category"));
        Assert.Equal(
            "gone",
            updated["errors"][0].GetProperty("context").GetProperty("objectWriteTraceId")[0].GetString()
        );
    }

    [Fact]
    public async Task Update_OfContactsTakesRecordIdsOnly()
    {
        await ContactAsync("a@example.com");

        (
            await UpdateAsync("""{"id":"a@example.com","idProperty":"email","properties":{"firstname":"Анна"}}""")
        ).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Archive_Answers204AndDoesNotMindRepeatedOrUnknownIds()
    {
        var id = await ContactAsync("a@example.com");
        var body = $$"""{"inputs":[{"id":"{{id}}"},{"id":"{{id}}"},{"id":"1"}]}""";

        var archived = (await PostAsync($"{Contacts}/batch/archive", body)).Expect(204);

        Assert.False(archived.Headers.ContainsKey("Content-Type"));
        Assert.Equal([id], (await GetAsync($"{Contacts}?archived=true")).Results.Ids());
    }

    [Fact]
    public async Task Create_TiesEachRecordToExistingOnes()
    {
        var contact = await ContactAsync("a@example.com");
        var made = await CreateAsync(
            Notes,
            $$"""
            {"objectWriteTraceId":"n","properties":{"hs_timestamp":"2026-11-23T10:00:00Z"},
             "associations":[{"to":{"id":"{{contact}}"},
              "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]}
            """
        );

        var note = await GetAsync($"{Notes}/{made.Expect(201).Results[0].Text("id")}?associations=contacts");
        Assert.Equal([contact], note["associations"].GetProperty("contacts").GetProperty("results").Ids());
    }

    private Task<Answer> CreateAsync(string path, params string[] inputs) =>
        PostAsync($"{path}/batch/create", $$"""{"inputs":[{{string.Join(',', inputs)}}]}""");

    private Task<Answer> UpdateAsync(params string[] inputs) =>
        PostAsync($"{Contacts}/batch/update", $$"""{"inputs":[{{string.Join(',', inputs)}}]}""");
}
