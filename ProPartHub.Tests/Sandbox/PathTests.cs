using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 1: three families of paths, one kind of object.</summary>
public sealed class PathTests : ContractTest
{
    [Theory]
    [InlineData("/crm/v3/objects/contacts")]
    [InlineData("/crm/objects/2026-03/contacts")]
    [InlineData("/crm/objects/2026-09/contacts")]
    [InlineData("/crm/v3/properties/contacts")]
    [InlineData("/crm/properties/2026-03/contacts")]
    [InlineData("/crm/properties/2026-09/contacts")]
    [InlineData("/crm/v3/pipelines/deals")]
    [InlineData("/crm/pipelines/2026-03/deals")]
    [InlineData("/crm/pipelines/2026-09/deals")]
    [InlineData("/crm/v3/owners")]
    [InlineData("/crm/owners/2026-03")]
    [InlineData("/crm/owners/2026-09")]
    [InlineData("/account-info/v3/api-usage/daily")]
    [InlineData("/account-info/2026-09/api-usage/daily/private-apps")]
    public async Task Collections_LieOnDatedAndUndatedPaths(string path) =>
        Assert.Equal("results", (await GetAsync(path)).Expect(200).Body.Members());

    [Theory]
    [InlineData("/account-info/v3/details")]
    [InlineData("/account-info/2026-09/details")]
    public async Task AccountDetails_LieOnDatedAndUndatedPaths(string path) =>
        Assert.Equal(50112233, (await GetAsync(path)).Expect(200)["portalId"].GetInt64());

    [Theory]
    [InlineData("/crm/v3/objects", "/crm/v4/objects")]
    [InlineData("/crm/objects/2026-03", "/crm/objects/2026-03")]
    [InlineData("/crm/objects/2026-09", "/crm/objects/2026-09")]
    public async Task OneAssociation_LiesUnderItsRecord(string objects, string associations)
    {
        var contact = (await PostAsync($"{objects}/contacts", """{"properties":{"firstname":"Ada"}}""")).Expect(201).Id;
        var deal = await DealAsync();

        (await PutAsync($"{associations}/contacts/{contact}/associations/default/deals/{deal}")).Expect(200);

        var read = await GetAsync($"{objects}/contacts/{contact}?associations=deals");
        Assert.Equal(deal, read["associations"].GetProperty("deals").GetProperty("results")[0].Text("id"));
    }

    [Theory]
    [InlineData("/crm/v4/associations")]
    [InlineData("/crm/associations/2026-03")]
    [InlineData("/crm/associations/2026-09")]
    public async Task BatchAssociations_LieOnPathsOfTheirOwn(string root)
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        var pair = $$"""{"inputs":[{"from":{"id":"{{deal}}"},"to":{"id":"{{contact}}"} }]}""";

        (await PostAsync($"{root}/deals/contacts/batch/associate/default", pair)).Expect(200);

        var read = await PostAsync($"{root}/deals/contacts/batch/read", $$"""{"inputs":[{"id":"{{deal}}"}]}""");
        Assert.Single(read.Expect(200).Results.EnumerateArray());
    }

    [Fact]
    public async Task Objects_HaveOneShapeInAllVersions()
    {
        var id = await ContactAsync("a@example.com");

        var shapes = new List<string>();
        foreach (var root in new[] { "/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09" })
        {
            shapes.Add((await GetAsync($"{root}/contacts/{id}?properties=email,phone")).Expect(200).Body.GetRawText());
        }

        Assert.Single(shapes.Distinct());
    }

    [Theory]
    [InlineData("contacts", "0-1")]
    [InlineData("companies", "0-2")]
    [InlineData("deals", "0-3")]
    [InlineData("tasks", "0-27")]
    [InlineData("notes", "0-46")]
    [InlineData("meetings", "0-47")]
    [InlineData("calls", "0-48")]
    [InlineData("emails", "0-49")]
    public async Task ObjectTypes_GoByNameOrTypeId(string name, string typeId)
    {
        (await GetAsync($"/crm/objects/2026-03/{name}")).Expect(200);
        (await GetAsync($"/crm/objects/2026-03/{typeId}")).Expect(200);
        (await GetAsync($"/crm/v3/objects/{name.ToUpperInvariant()}")).Expect(200);
    }

    [Fact]
    public async Task RecordAssociations_CannotBeReadByGetSince202609()
    {
        var contact = await ContactAsync("a@example.com");

        (await GetAsync($"/crm/v4/objects/contacts/{contact}/associations/deals")).Expect(200);
        (await GetAsync($"/crm/objects/2026-03/contacts/{contact}/associations/deals")).Expect(200);
        (await GetAsync($"/crm/objects/2026-09/contacts/{contact}/associations/deals")).Expect(404);
    }

    [Fact]
    public async Task AccountDetails_TellZoneCurrencyAndKind()
    {
        var details = (await GetAsync("/account-info/2026-09/details")).Expect(200);

        Assert.Equal(
            "accountType additionalCurrencies companyCurrency dataHostingLocation portalId timeZone uiDomain utcOffset "
                + "utcOffsetMilliseconds",
            details.Body.Members()
        );
        Assert.Contains(
            details["accountType"].GetString(),
            (string[])["STANDARD", "DEVELOPER_TEST", "SANDBOX", "APP_DEVELOPER"]
        );
        // Kyiv keeps winter time in November.
        Assert.Equal(("Europe/Kyiv", "+02:00"), (details.Body.Text("timeZone"), details.Body.Text("utcOffset")));
        Assert.Equal(7_200_000, details["utcOffsetMilliseconds"].GetInt64());
    }
}
