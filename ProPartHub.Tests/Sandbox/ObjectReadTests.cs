using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, reading: pages, single records, nulls, history.</summary>
public sealed class ObjectReadTests : ContractTest
{
    [Fact]
    public async Task List_GivesTenUnlessAskedAndPagesByTheIdOfTheNextRecord()
    {
        var ids = await ContactsAsync(12);

        var first = (await GetAsync(Contacts)).Expect(200);
        Assert.Equal(ids[..10], first.Results.Ids());
        Assert.Equal("after link", first["paging"].GetProperty("next").Members());
        Assert.Equal(ids[10], first["paging"].GetProperty("next").Text("after"));

        var last = (await GetAsync($"{Contacts}?limit=100&after={ids[10]}")).Expect(200);
        Assert.Equal(ids[10..], last.Results.Ids());
        Assert.False(last.Body.Has("paging"));
    }

    [Fact]
    public async Task List_LinkOfTheNextPageKeepsTheOtherParameters()
    {
        var ids = await ContactsAsync(3);

        var page = await GetAsync($"{Contacts}?limit=1&properties=email");
        var link = new Uri(page["paging"].GetProperty("next").Text("link")!);

        var next = await GetAsync(link.PathAndQuery);
        Assert.Equal([ids[1]], next.Results.Ids());
        Assert.Equal("client1@example.com", next.Results[0].Value("email"));
    }

    [Fact]
    public async Task List_TakesAHundredAndNoMore()
    {
        (await GetAsync($"{Contacts}?limit=100")).Expect(200);
        (await GetAsync($"{Contacts}?limit=101")).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task List_WithHistoryTakesFifty()
    {
        (await GetAsync($"{Contacts}?limit=50&propertiesWithHistory=email")).Expect(200);
        (await GetAsync($"{Contacts}?limit=51&propertiesWithHistory=email")).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Record_HasTheseMembersAndTextIds()
    {
        var id = await ContactAsync("a@example.com");

        var record = (await GetAsync($"{Contacts}/{id}")).Expect(200);

        Assert.Equal("archived createdAt id properties updatedAt", record.Body.Members());
        Assert.Matches("^[0-9]+$", record.Id);
        Assert.False(record["archived"].GetBoolean());
        Assert.Equal("2026-11-23T12:00:00Z", record.Body.Text("createdAt"));
    }

    [Fact]
    public async Task Record_WithoutNamesGivesADefaultSet()
    {
        var contact = (await GetAsync($"{Contacts}/{await ContactAsync("a@example.com")}")).Expect(200);
        Assert.Equal(
            "createdate email firstname hs_object_id lastmodifieddate lastname",
            contact["properties"].Members()
        );

        var deal = (await GetAsync($"{Deals}/{await DealAsync()}")).Expect(200);
        Assert.Equal(
            "amount closedate createdate dealname dealstage hs_lastmodifieddate hs_object_id pipeline",
            deal["properties"].Members()
        );

        var note = await PostAsync(Notes, """{"properties":{"hs_timestamp":"2026-11-23T10:00:00Z"}}""");
        var read = (await GetAsync($"{Notes}/{note.Id}")).Expect(200);
        Assert.Equal("hs_createdate hs_lastmodifieddate hs_object_id", read["properties"].Members());
    }

    [Fact]
    public async Task Record_EmptyPropertyIsNullAndUnknownIsAbsent()
    {
        var id = await ContactAsync("a@example.com");

        var record = (await GetAsync($"{Contacts}/{id}?properties=phone,no_such_property")).Expect(200);

        Assert.True(record["properties"].Has("phone"));
        Assert.Null(record.Body.Value("phone"));
        Assert.False(record["properties"].Has("no_such_property"));
    }

    [Fact]
    public async Task Record_MissingIsNotFound()
    {
        var error = (await GetAsync($"{Contacts}/1")).ExpectError(404, "OBJECT_NOT_FOUND");

        Assert.Equal("category correlationId message status", error.Body.Members());
        Assert.Equal("resource not found", error.Message);
    }

    [Fact]
    public async Task Record_IsFoundByUniqueProperty()
    {
        var id = await ContactAsync("Oksana@Example.com");

        Assert.Equal(id, (await GetAsync($"{Contacts}/oksana@example.com?idProperty=email")).Expect(200).Id);
        (await GetAsync($"{Contacts}/nobody@example.com?idProperty=email")).ExpectError(404, "OBJECT_NOT_FOUND");
        (await GetAsync($"{Contacts}/Оксана?idProperty=firstname")).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Record_ArchivedIsReadOnlyWhenAskedFor()
    {
        var id = await ContactAsync("a@example.com");
        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);

        (await GetAsync($"{Contacts}/{id}")).ExpectError(404, "OBJECT_NOT_FOUND");
        Assert.Empty((await GetAsync(Contacts)).Results.Ids());

        var archived = (await GetAsync($"{Contacts}/{id}?archived=true")).Expect(200);
        Assert.True(archived["archived"].GetBoolean());
        Assert.Equal("2026-11-23T12:00:00Z", archived.Body.Text("archivedAt"));
        Assert.Equal([id], (await GetAsync($"{Contacts}?archived=true")).Results.Ids());
    }

    [Fact]
    public async Task Record_ShowsHistoryNewestFirst()
    {
        var id = await ContactAsync("a@example.com", "Ada");
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"firstname":"Анна"}}""")).Expect(200);

        var record = await GetAsync($"{Contacts}/{id}?propertiesWithHistory=firstname");

        var history = record["propertiesWithHistory"].GetProperty("firstname").EnumerateArray().ToList();
        Assert.Equal(["Анна", "Ada"], history.Select(version => version.Text("value")));
        Assert.Equal("sourceId sourceType timestamp value", history[0].Members());
        Assert.Equal(("INTEGRATION", "30445566"), (history[0].Text("sourceType"), history[0].Text("sourceId")));
        Assert.Equal("2026-11-23T12:01:00Z", history[0].Text("timestamp"));
    }

    [Fact]
    public async Task Record_ShowsFirstAssociationsWithTheirDirection()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);

        var record = (await GetAsync($"{Contacts}/{contact}?associations=deals,notes")).Expect(200);

        var deals = record["associations"].GetProperty("deals");
        Assert.Equal("results", deals.Members());
        Assert.Equal(
            (deal, "contact_to_deal"),
            (deals.GetProperty("results")[0].Text("id"), deals.GetProperty("results")[0].Text("type"))
        );
        Assert.False(record["associations"].Has("notes"));
    }

    [Fact]
    public async Task Record_ShowsAHundredAssociationsAndWhereTheyGoOn()
    {
        var contact = await ContactAsync("a@example.com");
        for (var i = 0; i < 101; i++)
        {
            Sandbox.HeadOffice.AddNote(ObjectType.Contacts, contact, "<p>x</p>");
        }

        var notes = (await GetAsync($"{Contacts}/{contact}?associations=notes"))["associations"].GetProperty("notes");

        Assert.Equal(100, notes.GetProperty("results").GetArrayLength());
        Assert.NotNull(notes.GetProperty("paging").GetProperty("next").Text("after"));
    }

    [Fact]
    public async Task Record_HistoryNamesThePersonWhoChangedIt()
    {
        var id = await ContactAsync("a@example.com");
        Sandbox.HeadOffice.Update(ObjectType.Contacts, id, "phone", "+380501234567");

        var record = await GetAsync($"{Contacts}/{id}?propertiesWithHistory=phone");

        var version = Assert.Single(record["propertiesWithHistory"].GetProperty("phone").EnumerateArray());
        Assert.Equal("CRM_UI", version.Text("sourceType"));
        Assert.Equal($"userId:{version.GetProperty("updatedByUserId").GetInt64()}", version.Text("sourceId"));
    }

    [Fact]
    public async Task Names_MayBeRepeatedOrJoinedByCommas()
    {
        var id = await ContactAsync("a@example.com");

        var record = await GetAsync($"{Contacts}/{id}?properties=email&properties=phone,city");

        Assert.Equal("city createdate email hs_object_id lastmodifieddate phone", record["properties"].Members());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=ten")]
    [InlineData("after=x")]
    [InlineData("associations=unicorns")]
    public async Task List_MalformedIsRefused(string query) =>
        (await GetAsync($"{Contacts}?{query}")).ExpectError(400, "VALIDATION_ERROR");

    [Fact]
    public async Task Address_MayBe15000CharactersLongButNotEndless()
    {
        var names = string.Join(',', Enumerable.Repeat("firstname", 1_490));
        Assert.InRange(names.Length, 14_800, 15_000);

        (await GetAsync($"{Contacts}?properties={names}")).Expect(200);
        (await GetAsync($"{Contacts}?properties={names},{names}")).Expect(414);
    }

    [Fact]
    public async Task Ids_AreUniqueOnlyInsideATypeAndTheirPropertySaysTheSame()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        Assert.Equal(contact, deal);
        Assert.Equal(contact, (await GetAsync($"{Contacts}/{contact}")).Body.Value("hs_object_id"));
    }

    [Fact]
    public async Task Times_CarryMillisecondsOnlyWhenThereAreAny()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(178));

        var record = await GetAsync($"{Contacts}/{await ContactAsync("a@example.com")}");

        Assert.Equal("2026-11-23T12:00:00.178Z", record.Body.Text("createdAt"));
        Assert.Equal("2026-11-23T12:00:00.178Z", record.Body.Value("createdate"));
    }

    private async Task<string[]> ContactsAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await ContactAsync($"client{i}@example.com"));
        }

        return [.. ids];
    }
}
