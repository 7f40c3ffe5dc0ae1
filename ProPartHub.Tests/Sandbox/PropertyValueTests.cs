using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3 and 5: which values a property takes, how it stores them, and how a refusal is worded.</summary>
public sealed class PropertyValueTests : ContractTest
{
    [Theory]
    [InlineData("birthdate", "1984-02-29", "1984-02-29")]
    [InlineData("birthdate", "1790035200000", "2026-09-22")]
    public async Task Date_IsADayOrItsMidnightInUtc(string property, string sent, string stored) =>
        Assert.Equal(stored, await StoredAsync(property, $"\"{sent}\""));

    [Theory]
    [InlineData("\"2026-11-23T10:15:00Z\"", "2026-11-23T10:15:00Z")]
    [InlineData("\"2026-11-23T10:15:00.250Z\"", "2026-11-23T10:15:00.250Z")]
    [InlineData("\"1790000000000\"", "2026-09-21T14:13:20Z")]
    [InlineData("1790000000000", "2026-09-21T14:13:20Z")]
    public async Task Moment_IsIsoOrMilliseconds(string sent, string stored)
    {
        var id = await DealAsync();

        (await PatchAsync($"{Deals}/{id}", $$"""{"properties":{"closedate":{{sent}} } }""")).Expect(200);

        Assert.Equal(stored, (await GetAsync($"{Deals}/{id}")).Body.Value("closedate"));
    }

    [Fact]
    public async Task Bool_IsTrueOrFalse()
    {
        var id = await DealAsync();

        (await PatchAsync($"{Deals}/{id}", """{"properties":{"deal_closed":true}}""")).Expect(200);

        Assert.Equal("true", (await GetAsync($"{Deals}/{id}?properties=deal_closed")).Body.Value("deal_closed"));
        await RefusedAsync("deals", id, "deal_closed", "yes", "INVALID_OPTION");
    }

    [Fact]
    public async Task Text_TakesUpTo65536Characters()
    {
        var longest = new string('ї', 65_536);

        Assert.Equal(longest, await StoredAsync("message", $"\"{longest}\""));
        await RefusedAsync("contacts", await ContactAsync("b@example.com"), "message", longest + "ї");
    }

    [Fact]
    public async Task Enumeration_TakesInternalValuesOnly()
    {
        var id = await ContactAsync("a@example.com");

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"hs_lead_status":"IN_PROGRESS"}}""")).Expect(200);

        await RefusedAsync("contacts", id, "hs_lead_status", "In Progress", "INVALID_OPTION");
        await RefusedAsync("contacts", id, "hs_lead_status", "in_progress", "INVALID_OPTION");
    }

    [Fact]
    public async Task Enumeration_OfSeveralIsJoinedAndALeadingSemicolonAppends()
    {
        (
            await PostAsync(
                "/crm/properties/2026-03/contacts",
                """
                {"name":"interests","label":"Interests","type":"enumeration","fieldType":"checkbox",
                 "groupName":"contactinformation",
                 "options":[{"label":"Villa","value":"villa"},{"label":"Flat","value":"flat"},{"label":"Land","value":"land"}]}
                """
            )
        ).Expect(201);
        var id = await ContactAsync("a@example.com");

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"interests":"villa;land"}}""")).Expect(200);
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"interests":";flat"}}""")).Expect(200);

        Assert.Equal(
            "villa;land;flat",
            (await GetAsync($"{Contacts}/{id}?properties=interests")).Body.Value("interests")
        );
        await RefusedAsync("contacts", id, "interests", "villa;castle", "INVALID_OPTION");
    }

    [Fact]
    public async Task Owner_IsTheOwnersIdNotTheUsers()
    {
        var id = await ContactAsync("a@example.com");
        var owner = (await GetAsync("/crm/owners/2026-03")).Results[0];

        await RefusedAsync(
            "contacts",
            id,
            "hubspot_owner_id",
            owner.GetProperty("userId").GetRawText(),
            "INVALID_OPTION"
        );
        (
            await PatchAsync($"{Contacts}/{id}", $$"""{"properties":{"hubspot_owner_id":"{{owner.Text("id")}}"} }""")
        ).Expect(200);
    }

    [Theory]
    [InlineData("contacts", "email", "000", "INVALID_EMAIL", "Email address 000 is invalid")]
    [InlineData("contacts", "birthdate", "29.02.1984", "INVALID_LONG", null)]
    [InlineData("contacts", "birthdate", "1790000000000", "INVALID_LONG", null)]
    [InlineData("deals", "closedate", "tomorrow", "INVALID_LONG", null)]
    [InlineData("deals", "amount", "1 000", "INVALID_INTEGER", null)]
    [InlineData(
        "deals",
        "no_such_property",
        "1",
        "PROPERTY_DOESNT_EXIST",
        "Property \"no_such_property\" does not exist"
    )]
    public async Task BadValue_IsNamedWithItsCode(
        string type,
        string property,
        string value,
        string code,
        string? message
    )
    {
        var id = type == "deals" ? await DealAsync() : await ContactAsync("a@example.com");

        var detail = await RefusedAsync(type, id, property, value, code);

        if (message is not null)
        {
            Assert.Equal(message, detail.Text("message"));
        }
    }

    [Fact]
    public async Task BadValues_AreAllListedInBodyAndMessage()
    {
        var refused = await PostAsync(
            Contacts,
            """{"properties":{"email":"000","nonsense":"1","hs_lead_status":"OLD"}}"""
        );

        refused.ExpectError(400, "VALIDATION_ERROR");
        Assert.Equal(
            ["INVALID_EMAIL", "PROPERTY_DOESNT_EXIST", "INVALID_OPTION"],
            refused["errors"].EnumerateArray().Select(error => error.Text("code"))
        );
        Assert.StartsWith(
            "Property values were not valid: [{\"isValid\":false,\"message\":",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"nonsense\"",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("\"portalId\":50112233", refused.Message, StringComparison.Ordinal);
        Assert.Contains("was not one of the allowed options: [", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string?> StoredAsync(string property, string json)
    {
        var id = await ContactAsync("a@example.com");
        (await PatchAsync($"{Contacts}/{id}", $$"""{"properties":{"{{property}}":{{json}} } }""")).Expect(200);
        return (await GetAsync($"{Contacts}/{id}?properties={property}")).Body.Value(property);
    }

    private async Task<System.Text.Json.JsonElement> RefusedAsync(
        string type,
        string id,
        string property,
        string value,
        string? code = null
    )
    {
        var refused = await PatchAsync(
            $"/crm/objects/2026-03/{type}/{id}",
            $$"""{"properties":{"{{property}}":"{{value}}"} }"""
        );
        var detail = refused.ExpectError(400, "VALIDATION_ERROR")["errors"][0];
        Assert.Equal("code context message", detail.Members());
        Assert.Equal(property, detail.GetProperty("context").GetProperty("propertyName")[0].GetString());
        if (code is not null)
        {
            Assert.Equal(code, detail.Text("code"));
        }

        return detail;
    }
}
