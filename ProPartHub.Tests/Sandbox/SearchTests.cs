using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, search: what it finds.</summary>
public sealed class SearchTests : ContractTest
{
    [Fact]
    public async Task Search_GivesTotalAndResults()
    {
        var id = await ContactAsync("a@example.com");

        var found = await SearchAsync("""{"properties":["email","phone","no_such_property"]}""");

        Assert.Equal("results total", found.Body.Members());
        Assert.Equal(1, found["total"].GetInt32());
        Assert.Equal("archived createdAt id properties updatedAt", found.Results[0].Members());
        Assert.Equal([id], found.Results.Ids());
        Assert.Equal(
            "createdate email hs_object_id lastmodifieddate phone",
            found.Results[0].GetProperty("properties").Members()
        );
    }

    [Theory]
    [InlineData("EQ", "\"value\":\"Ada\"", "Ada")]
    [InlineData("EQ", "\"value\":\"ada\"", "Ada")]
    [InlineData("NEQ", "\"value\":\"Ada\"", "Boris,Іван")]
    [InlineData("LT", "\"value\":\"boris\"", "Ada")]
    [InlineData("LTE", "\"value\":\"boris\"", "Ada,Boris")]
    [InlineData("GT", "\"value\":\"boris\"", "Іван")]
    [InlineData("GTE", "\"value\":\"boris\"", "Boris,Іван")]
    [InlineData("BETWEEN", "\"value\":\"a\",\"highValue\":\"c\"", "Ada,Boris")]
    [InlineData("IN", "\"values\":[\"ada\",\"іван\"]", "Ada,Іван")]
    [InlineData("IN", "\"values\":[\"Ada\"]", "")]
    [InlineData("NOT_IN", "\"values\":[\"ada\"]", "Boris,Іван")]
    [InlineData("HAS_PROPERTY", "\"value\":\"\"", "Ada,Boris,Іван")]
    [InlineData("NOT_HAS_PROPERTY", "\"value\":\"\"", "")]
    [InlineData("CONTAINS_TOKEN", "\"value\":\"bor*\"", "Boris")]
    [InlineData("NOT_CONTAINS_TOKEN", "\"value\":\"boris\"", "Ada,Іван")]
    public async Task Operators_IgnoreCaseExceptIn(string @operator, string operand, string expected)
    {
        await ContactAsync("a@example.com", "Ada");
        await ContactAsync("b@example.com", "Boris");
        await ContactAsync("c@example.com", "Іван");

        var found = await SearchAsync(
            $$"""
            {"filterGroups":[{"filters":[{"propertyName":"firstname","operator":"{{@operator}}",{{operand}} }]}],
             "properties":["firstname"]}
            """
        );

        Assert.Equal(expected, string.Join(',', found.Results.EnumerateArray().Select(one => one.Value("firstname"))));
    }

    [Fact]
    public async Task Enumerations_AreCaseSensitive()
    {
        var id = await ContactAsync("a@example.com");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"hs_lead_status":"NEW"}}""")).Expect(200);

        Assert.Equal([id], (await SearchAsync(Filter("hs_lead_status", "EQ", "NEW"))).Results.Ids());
        Assert.Empty((await SearchAsync(Filter("hs_lead_status", "EQ", "new"))).Results.Ids());
    }

    [Fact]
    public async Task Groups_AreAlternativesAndTheirFiltersMustAllHold()
    {
        var ada = await ContactAsync("a@example.com", "Ada");
        await ContactAsync("ada2@example.com", "Ada");
        var boris = await ContactAsync("b@example.com", "Boris");

        var found = await SearchAsync(
            """
            {"filterGroups":[
              {"filters":[{"propertyName":"firstname","operator":"EQ","value":"Ada"},
                          {"propertyName":"email","operator":"EQ","value":"a@example.com"}]},
              {"filters":[{"propertyName":"firstname","operator":"EQ","value":"Boris"}]}]}
            """
        );

        Assert.Equal([ada, boris], found.Results.Ids());
    }

    [Fact]
    public async Task Filters_WorkWithoutAGroup()
    {
        var id = await ContactAsync("a@example.com", "Ada");
        await ContactAsync("b@example.com", "Boris");

        var found = await SearchAsync("""{"filters":[{"propertyName":"firstname","operator":"EQ","value":"Ada"}]}""");

        Assert.Equal([id], found.Results.Ids());
    }

    [Fact]
    public async Task ModifiedTime_GoesByMillisecondsAndHasItsOwnNameOnContacts()
    {
        await ContactAsync("a@example.com");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await ContactAsync("b@example.com");
        var since = Clock
            .GetUtcNow()
            .ToUnixTimeMilliseconds()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal([later], (await SearchAsync(Filter("lastmodifieddate", "GTE", since))).Results.Ids());

        var deal = await DealAsync();
        var deals = await PostAsync($"{Deals}/search", Filter("hs_lastmodifieddate", "GTE", since));
        Assert.Equal([deal], deals.Expect(200).Results.Ids());
    }

    [Fact]
    public async Task Sort_TakesOnePropertyAndPagesGoOnAtAWholeNumber()
    {
        var ids = new[]
        {
            await ContactAsync("c@example.com"),
            await ContactAsync("a@example.com"),
            await ContactAsync("b@example.com"),
        };
        const string sorts = """ "sorts":[{"propertyName":"email","direction":"DESCENDING"}],"limit":2 """;

        var first = await SearchAsync($$"""{{{sorts}} }""");
        Assert.Equal([ids[0], ids[2]], first.Results.Ids());
        Assert.Equal("after", first["paging"].GetProperty("next").Members());
        Assert.Equal("2", first["paging"].GetProperty("next").Text("after"));

        var last = await SearchAsync($$"""{{{sorts}},"after":"2"}""");
        Assert.Equal((ids[1], 3), (Assert.Single(last.Results.Ids()), last["total"].GetInt32()));
        Assert.False(last.Body.Has("paging"));
    }

    [Theory]
    [InlineData("\"email\"", "a@example.com")]
    [InlineData("\"-email\"", "b@example.com")]
    [InlineData("{\"propertyName\":\"email\"}", "a@example.com")]
    [InlineData("{\"propertyName\":\"email\",\"direction\":\"ASCENDING\"}", "a@example.com")]
    [InlineData("{\"propertyName\":\"email\",\"direction\":\"DESCENDING\"}", "b@example.com")]
    public async Task Sort_IsAnObjectOrATextAsHubSpotsOwnClientsSendIt(string sort, string first)
    {
        await ContactAsync("b@example.com");
        await ContactAsync("a@example.com");

        var found = await SearchAsync($$"""{"sorts":[{{sort}}],"properties":["email"]}""");

        Assert.Equal(first, found.Results[0].Value("email"));
    }

    [Fact]
    public async Task Sort_ByIdIsInTheOrderOfNumbers()
    {
        var ids = new[] { await ContactAsync("a@example.com"), await ContactAsync("b@example.com") };

        var found = await SearchAsync("""{"sorts":[{"propertyName":"hs_object_id","direction":"DESCENDING"}]}""");

        Assert.Equal(ids.Reverse(), found.Results.Ids());
        var after = await SearchAsync(Filter("hs_object_id", "GT", ids[0]));
        Assert.Equal([ids[1]], after.Results.Ids());
    }

    [Fact]
    public async Task ArchivedRecords_NeverAppear()
    {
        var id = await ContactAsync("a@example.com");
        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);

        Assert.Equal(0, (await SearchAsync("{}"))["total"].GetInt32());
    }

    [Fact]
    public async Task Associations_CanBeFilteredByButAreNotShown()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        await DealAsync("Other");
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);

        var found = await PostAsync($"{Deals}/search", Filter("associations.contact", "EQ", contact));

        Assert.Equal([deal], found.Expect(200).Results.Ids());
        Assert.False(found.Results[0].Has("associations"));
    }

    [Fact]
    public async Task Phones_AreFoundWithoutCountryCode()
    {
        var id = await ContactAsync("a@example.com");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"phone":"+380 (50) 123-45-67"}}""")).Expect(200);

        var found = await SearchAsync(Filter("hs_searchable_calculated_phone_number", "EQ", "501234567"));

        Assert.Equal([id], found.Results.Ids());
    }

    [Fact]
    public async Task Query_LooksThroughTheUsualProperties()
    {
        var id = await ContactAsync("oksana@example.com", "Оксана");
        await ContactAsync("b@example.com", "Boris");

        Assert.Equal([id], (await SearchAsync("""{"query":"оксан"}""")).Results.Ids());
        Assert.Equal([id], (await SearchAsync("""{"query":"oksana@example.com"}""")).Results.Ids());
    }

    private async Task<Answer> SearchAsync(string body) => (await PostAsync($"{Contacts}/search", body)).Expect(200);

    private static string Filter(string property, string @operator, string value) =>
        $$"""
            {"filterGroups":[{"filters":[{"propertyName":"{{property}}","operator":"{{@operator}}","value":"{{value}}"}]}]}
            """;
}
