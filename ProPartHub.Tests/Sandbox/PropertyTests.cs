using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, properties of object types.</summary>
public sealed class PropertyTests : ContractTest
{
    private const string OfContacts = "/crm/properties/2026-03/contacts";

    [Fact]
    public async Task Definition_HasTheseMembers()
    {
        var email = (await GetAsync(OfContacts)).Results.Find("name", "email");

        string[] expected =
        [
            "name",
            "label",
            "type",
            "fieldType",
            "groupName",
            "options",
            "calculated",
            "externalOptions",
            "hasUniqueValue",
            "hidden",
            "hubspotDefined",
            "formField",
            "archived",
            "modificationMetadata",
            "dataSensitivity",
        ];
        Assert.All(expected, member => Assert.True(email.Has(member), member));
        Assert.Equal(("string", "text"), (email.Text("type"), email.Text("fieldType")));
        Assert.True(email.GetProperty("hasUniqueValue").GetBoolean());
        Assert.True(email.GetProperty("hubspotDefined").GetBoolean());
        Assert.Equal(
            "archivable readOnlyDefinition readOnlyValue",
            email.GetProperty("modificationMetadata").Members()
        );
    }

    [Fact]
    public async Task Enumeration_ListsLabelValueOrderAndHidden()
    {
        var status = (await GetAsync(OfContacts)).Results.Find("name", "hs_lead_status");

        var option = status.GetProperty("options").Find("value", "IN_PROGRESS");
        Assert.Equal("In Progress", option.Text("label"));
        Assert.True(option.GetProperty("displayOrder").GetInt32() >= 0);
        Assert.False(option.GetProperty("hidden").GetBoolean());
    }

    [Fact]
    public async Task OwnerPicker_HasItsOptionsElsewhere()
    {
        var owner = (await GetAsync(OfContacts)).Results.Find("name", "hubspot_owner_id");

        Assert.True(owner.GetProperty("externalOptions").GetBoolean());
        Assert.Empty(owner.GetProperty("options").EnumerateArray());
        Assert.Equal("OWNER", owner.Text("referencedObjectType"));
    }

    [Fact]
    public async Task ReadOnlyValues_AreMarked()
    {
        var results = (await GetAsync(OfContacts)).Results;

        Assert.True(ReadOnly("lastmodifieddate"));
        Assert.True(ReadOnly("hs_searchable_calculated_phone_number"));
        Assert.True(results.Find("name", "hs_email_domain").GetProperty("calculated").GetBoolean());
        Assert.False(ReadOnly("phone"));

        bool ReadOnly(string name) =>
            results.Find("name", name).GetProperty("modificationMetadata").GetProperty("readOnlyValue").GetBoolean();
    }

    [Fact]
    public async Task Sensitive_AreGivenOnlyWhenAskedFor() =>
        Assert.Empty((await GetAsync($"{OfContacts}?dataSensitivity=sensitive")).Expect(200).Results.EnumerateArray());

    [Fact]
    public async Task One_IsReadByName()
    {
        Assert.Equal("Email", (await GetAsync($"{OfContacts}/email")).Expect(200).Body.Text("label"));
        (await GetAsync($"{OfContacts}/no_such_property")).ExpectError(404, "OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task Create_Answers201AndTakesValuesAtOnce()
    {
        var made = await CreateAsync("propart_lead_id", unique: true);

        Assert.Equal("propart_lead_id", made.Expect(201).Body.Text("name"));
        Assert.True(made["hasUniqueValue"].GetBoolean());
        Assert.False(made["hubspotDefined"].GetBoolean());
        var id = await ContactAsync("a@example.com");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"propart_lead_id":"1"}}""")).Expect(200);
    }

    [Fact]
    public async Task Create_OfATakenNameIsAConflict()
    {
        (await CreateAsync("propart_lead_id", unique: true)).Expect(201);

        (await CreateAsync("propart_lead_id", unique: true)).ExpectError(409, "CONFLICT");
    }

    [Fact]
    public async Task Create_OfAnEleventhUniqueOneIsRefused()
    {
        for (var i = 0; i < 10; i++)
        {
            (await CreateAsync($"key_{i}", unique: true)).Expect(201);
        }

        (await CreateAsync("key_10", unique: true)).ExpectError(400, "VALIDATION_ERROR");
        (await CreateAsync("text_10", unique: false)).Expect(201);
    }

    [Theory]
    [InlineData("""{"label":"x","type":"string","fieldType":"text","groupName":"g"}""")]
    [InlineData("""{"name":"Upper","label":"x","type":"string","fieldType":"text","groupName":"g"}""")]
    [InlineData("""{"name":"x","label":"x","type":"text","fieldType":"text","groupName":"g"}""")]
    public async Task Create_MalformedIsRefused(string body) =>
        (await PostAsync(OfContacts, body)).ExpectError(400, "VALIDATION_ERROR");

    private Task<Answer> CreateAsync(string name, bool unique) =>
        PostAsync(
            OfContacts,
            $$"""
            {"name":"{{name}}","label":"{{name}}","type":"string","fieldType":"text","groupName":"contactinformation",
             "hasUniqueValue":{{(unique ? "true" : "false")}} }
            """
        );
}
