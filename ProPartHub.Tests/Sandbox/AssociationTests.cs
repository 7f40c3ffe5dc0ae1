using System.Text.Json;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, associations of one record.</summary>
public sealed class AssociationTests : ContractTest
{
    [Fact]
    public async Task Default_Answers200WithBothDirections()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        var linked = (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);

        Assert.Equal("COMPLETE", linked.Body.Text("status"));
        Assert.Equal(
            [3, 4],
            linked
                .Results.EnumerateArray()
                .Select(one => one.GetProperty("associationSpec").GetProperty("associationTypeId").GetInt32())
                .Order()
        );
    }

    [Fact]
    public async Task Read_NamesCategoryTypeAndLabel()
    {
        var (contact, deal) = await LinkedAsync();

        var read = (await GetAsync($"{Contacts}/{contact}/associations/deals")).Expect(200);

        var link = Assert.Single(read.Results.EnumerateArray());
        Assert.Equal("associationTypes toObjectId", link.Members());
        Assert.Equal(deal, link.Text("toObjectId"));
        var type = Assert.Single(link.GetProperty("associationTypes").EnumerateArray());
        Assert.Equal("category label typeId", type.Members());
        Assert.Equal(("HUBSPOT_DEFINED", 4), (type.Text("category"), type.GetProperty("typeId").GetInt32()));
        Assert.Equal(JsonValueKind.Null, type.GetProperty("label").ValueKind);
    }

    [Fact]
    public async Task Read_GivesNumbersOnV4Paths()
    {
        var (contact, deal) = await LinkedAsync();

        var read = (await GetAsync($"/crm/v4/objects/contacts/{contact}/associations/deals")).Expect(200);

        Assert.Equal(
            deal,
            read.Results[0]
                .GetProperty("toObjectId")
                .GetInt64()
                .ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task Read_TakesUpTo500()
    {
        var (contact, _) = await LinkedAsync();

        (await GetAsync($"{Contacts}/{contact}/associations/deals?limit=500")).Expect(200);
        (await GetAsync($"{Contacts}/{contact}/associations/deals?limit=501")).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Read_GoesOnAtTheNextId()
    {
        var (contact, first) = await LinkedAsync();
        var second = await DealAsync("Second");
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{second}")).Expect(200);

        var page = (await GetAsync($"{Contacts}/{contact}/associations/deals?limit=1")).Expect(200);
        Assert.Equal(first, page.Results[0].Text("toObjectId"));
        var after = page["paging"].GetProperty("next").Text("after");

        var last = (await GetAsync($"{Contacts}/{contact}/associations/deals?limit=1&after={after}")).Expect(200);
        Assert.Equal(second, last.Results[0].Text("toObjectId"));
        Assert.False(last.Body.Has("paging"));
    }

    [Fact]
    public async Task Again_MakesNoSecondLink()
    {
        var (contact, deal) = await LinkedAsync();

        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);
        (await PutAsync($"{Deals}/{deal}/associations/default/contacts/{contact}")).Expect(200);

        Assert.Single((await GetAsync($"{Contacts}/{contact}/associations/deals")).Results.EnumerateArray());
    }

    [Fact]
    public async Task Labelled_Answers201AndANewPutReplacesTheLabels()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        var path = $"{Contacts}/{contact}/associations/deals/{deal}";

        var linked = await PutAsync(path, """[{"associationCategory":"USER_DEFINED","associationTypeId":11}]""");
        Assert.Equal(
            "fromObjectId fromObjectTypeId labels toObjectId toObjectTypeId",
            linked.Expect(201).Body.Members()
        );
        Assert.Equal("4 11", await TypesAsync());

        (await PutAsync(path, """[{"associationCategory":"USER_DEFINED","associationTypeId":13}]""")).Expect(201);
        Assert.Equal("4 13", await TypesAsync());

        async Task<string> TypesAsync() =>
            string.Join(
                ' ',
                (await GetAsync($"{Contacts}/{contact}/associations/deals"))
                    .Results[0]
                    .GetProperty("associationTypes")
                    .EnumerateArray()
                    .Select(type => type.GetProperty("typeId").GetInt32())
            );
    }

    [Fact]
    public async Task Labelled_WithATypeOfTheOtherDirectionIsRefused()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        (
            await PutAsync(
                $"{Contacts}/{contact}/associations/deals/{deal}",
                """[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]"""
            )
        ).ExpectError(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Delete_Answers204AndCutsBothWays()
    {
        var (contact, deal) = await LinkedAsync();

        (await DeleteAsync($"{Contacts}/{contact}/associations/deals/{deal}")).Expect(204);

        Assert.Empty((await GetAsync($"{Deals}/{deal}/associations/contacts")).Results.EnumerateArray());
    }

    [Fact]
    public async Task MissingRecords_AreNotFound()
    {
        var contact = await ContactAsync("a@example.com");

        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/1")).ExpectError(404, "OBJECT_NOT_FOUND");
        (await PutAsync($"{Contacts}/1/associations/default/deals/1")).ExpectError(404, "OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task ArchivedRecords_AreNotShownUntilTheyComeBack()
    {
        var (contact, deal) = await LinkedAsync();
        (await DeleteAsync($"{Deals}/{deal}")).Expect(204);
        Assert.Empty((await GetAsync($"{Contacts}/{contact}/associations/deals")).Results.EnumerateArray());

        Sandbox.HeadOffice.Restore(ProPartHub.HubSpotSandbox.Objects.ObjectType.Deals, deal);
        Assert.Single((await GetAsync($"{Contacts}/{contact}/associations/deals")).Results.EnumerateArray());
    }

    private async Task<(string Contact, string Deal)> LinkedAsync()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);
        return (contact, deal);
    }
}
