using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3: reading up to a hundred records in one call.</summary>
public sealed class BatchReadTests : ContractTest
{
    [Fact]
    public async Task Read_GivesValuesInAFrameWithTimes()
    {
        var id = await ContactAsync("a@example.com", "Ada");

        var read = await PostAsync(
            $"{Contacts}/batch/read",
            $$"""{"properties":["firstname"],"propertiesWithHistory":["email"],"inputs":[{"id":"{{id}}"}]}"""
        );

        Assert.Equal("completedAt results startedAt status", read.Expect(200).Body.Members());
        Assert.Equal("COMPLETE", read.Body.Text("status"));
        Assert.Equal("Ada", read.Results[0].Value("firstname"));
        Assert.Equal(
            "a@example.com",
            read.Results[0].GetProperty("propertiesWithHistory").GetProperty("email")[0].Text("value")
        );
    }

    [Theory]
    [InlineData("/crm/v3/objects", 207)]
    [InlineData("/crm/objects/2026-03", 207)]
    [InlineData("/crm/objects/2026-09", 200)]
    public async Task Read_WithSomeMissingListsTheirIds(string root, int status)
    {
        var id = await ContactAsync("a@example.com");

        var read = await PostAsync(
            $"{root}/contacts/batch/read",
            $$"""{"properties":["email"],"inputs":[{"id":"{{id}}"},{"id":"1"},{"id":"2"}]}"""
        );

        Assert.Equal([id], read.Expect(status).Results.Ids());
        Assert.Equal("COMPLETE", read.Body.Text("status"));
        Assert.Equal(read["errors"].GetArrayLength(), read["numErrors"].GetInt32());
        var error = Assert.Single(read["errors"].EnumerateArray());
        Assert.Equal(("error", "OBJECT_NOT_FOUND"), (error.Text("status"), error.Text("category")));
        Assert.Equal(
            ["1", "2"],
            error.GetProperty("context").GetProperty("ids").EnumerateArray().Select(one => one.GetString()!)
        );
    }

    [Fact]
    public async Task Read_GoesByUniqueProperty()
    {
        var id = await ContactAsync("a@example.com");

        var read = await PostAsync(
            $"{Contacts}/batch/read",
            """{"idProperty":"email","properties":["email"],"inputs":[{"id":"A@example.com"}]}"""
        );

        Assert.Equal([id], read.Expect(200).Results.Ids());
    }

    [Fact]
    public async Task Read_OfTheRecycleBinNeedsTheFlag()
    {
        var id = await ContactAsync("a@example.com");
        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);
        var body = $$"""{"properties":["email"],"inputs":[{"id":"{{id}}"}]}""";

        Assert.Empty((await PostAsync($"{Contacts}/batch/read", body)).Expect(207).Results.Ids());
        Assert.Equal([id], (await PostAsync($"{Contacts}/batch/read?archived=true", body)).Expect(200).Results.Ids());
    }

    [Fact]
    public async Task Read_NeverGivesAssociations()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);

        var read = await PostAsync(
            $"{Contacts}/batch/read?associations=deals",
            $$"""{"properties":["email"],"associations":["deals"],"inputs":[{"id":"{{contact}}"}]}"""
        );

        Assert.False(read.Expect(200).Results[0].Has("associations"));
    }

    [Fact]
    public async Task Results_AreNotInTheOrderOfTheInputs()
    {
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await ContactAsync($"client{i}@example.com"));
        }

        var inputs = string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""));
        var read = await PostAsync($"{Contacts}/batch/read", $$"""{"properties":[],"inputs":[{{inputs}}]}""");

        Assert.NotEqual(ids, read.Expect(200).Results.Ids());
        Assert.Equal(ids, read.Results.Ids().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("read", """{"id":"1"}""")]
    [InlineData("create", """{"properties":{"firstname":"Ada"}}""")]
    [InlineData("update", """{"id":"1","properties":{}}""")]
    [InlineData("upsert", """{"id":"a@example.com","idProperty":"email","properties":{}}""")]
    [InlineData("archive", """{"id":"1"}""")]
    public async Task MoreThanAHundredInputs_AreRefused(string batch, string input)
    {
        var inputs = string.Join(',', Enumerable.Repeat(input, 101));

        var refused = await PostAsync($"{Contacts}/batch/{batch}", $$"""{"properties":[],"inputs":[{{inputs}}]}""");

        Assert.StartsWith(
            "The maximum number of inputs supported in a batch is 100",
            refused.ExpectError(400, "VALIDATION_ERROR").Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"inputs":[]}""")]
    [InlineData("{}")]
    public async Task NoInputs_AreRefused(string body) =>
        (await PostAsync($"{Contacts}/batch/read", body)).ExpectError(400, "VALIDATION_ERROR");
}
