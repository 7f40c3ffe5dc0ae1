using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 2 and 3, associations of many records.</summary>
public sealed class AssociationBatchTests : ContractTest
{
    private const string ContactsToDeals = "/crm/associations/2026-03/contacts/deals/batch";

    [Fact]
    public async Task Read_GivesLinksByRecord()
    {
        var (contact, deal) = await LinkedAsync();

        var read = (await PostAsync($"{ContactsToDeals}/read", Inputs(Id(contact)))).Expect(200);

        Assert.Equal("completedAt results startedAt status", read.Body.Members());
        var entry = Assert.Single(read.Results.EnumerateArray());
        Assert.Equal("from to", entry.Members());
        Assert.Equal(contact, entry.GetProperty("from").Text("id"));
        Assert.Equal(deal, entry.GetProperty("to")[0].Text("toObjectId"));
        Assert.Equal(4, entry.GetProperty("to")[0].GetProperty("associationTypes")[0].GetProperty("typeId").GetInt32());
    }

    [Theory]
    [InlineData("/crm/v4/associations", 207)]
    [InlineData("/crm/associations/2026-03", 207)]
    [InlineData("/crm/associations/2026-09", 200)]
    public async Task Read_OfARecordWithoutLinksIsAnErrorAmongResults(string root, int status)
    {
        var (contact, _) = await LinkedAsync();
        var lonely = await ContactAsync("lonely@example.com");

        var read = await PostAsync($"{root}/contacts/deals/batch/read", Inputs(Id(contact), Id(lonely)));

        Assert.Equal(
            contact,
            Assert.Single(read.Expect(status).Results.EnumerateArray()).GetProperty("from").Text("id")
        );
        Assert.Equal(1, read["numErrors"].GetInt32());
        var error = read["errors"][0];
        Assert.Equal("OBJECT_NOT_FOUND", error.Text("category"));
        Assert.Equal(lonely, error.GetProperty("context").GetProperty("fromObjectId")[0].GetString());
    }

    [Fact]
    public async Task Read_GivesNumbersOnV4Paths()
    {
        var (contact, deal) = await LinkedAsync();

        var read = await PostAsync("/crm/v4/associations/contacts/deals/batch/read", Inputs(Id(contact)));

        Assert.Equal(deal, read.Expect(200).Results[0].GetProperty("to")[0].GetProperty("toObjectId").GetRawText());
    }

    [Fact]
    public async Task Read_OfALongListGoesOnAtTheNextId()
    {
        var contact = await ContactAsync("a@example.com");
        var deals = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var inputs = string.Join(
                ',',
                Enumerable.Repeat(
                    $$$"""{"properties":{"dealname":"Flat","pipeline":"{{{LeadPipeline}}}","dealstage":"{{{FirstStage}}}"} }""",
                    100
                )
            );
            var made = await PostAsync($"{Deals}/batch/create", $$"""{"inputs":[{{inputs}}]}""");
            deals.AddRange(made.Expect(201).Results.Ids());
        }

        var pairs = deals.Select(deal => Pair(contact, deal)).ToArray();
        (await PostAsync($"{ContactsToDeals}/associate/default", Inputs(pairs))).Expect(200);

        var first = (await PostAsync($"{ContactsToDeals}/read", Inputs(Id(contact)))).Expect(200).Results[0];
        Assert.Equal(500, first.GetProperty("to").GetArrayLength());
        var after = first.GetProperty("paging").GetProperty("next").Text("after");

        var last = await PostAsync($"{ContactsToDeals}/read", Inputs($$"""{"id":"{{contact}}","after":"{{after}}"}"""));
        Assert.Equal(100, last.Expect(200).Results[0].GetProperty("to").GetArrayLength());
        Assert.False(last.Results[0].Has("paging"));
    }

    [Fact]
    public async Task Default_Answers200AndMayBeRepeated()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        (await PostAsync($"{ContactsToDeals}/associate/default", Inputs(Pair(contact, deal)))).Expect(200);
        (await PostAsync($"{ContactsToDeals}/associate/default", Inputs(Pair(contact, deal)))).Expect(200);

        Assert.Single((await GetAsync($"{Contacts}/{contact}/associations/deals")).Results.EnumerateArray());
    }

    [Theory]
    [InlineData("/crm/v4/associations", 207)]
    [InlineData("/crm/associations/2026-03", 207)]
    [InlineData("/crm/associations/2026-09", 201)]
    public async Task Create_SucceedsInPart(string root, int status)
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        const string types = """ "types":[{"associationCategory":"USER_DEFINED","associationTypeId":11}] """;
        string Labelled(string to) => $$$"""{"from":{"id":"{{{contact}}}"},"to":{"id":"{{{to}}}"},{{{types}}} }""";

        var made = await PostAsync($"{root}/contacts/deals/batch/create", Inputs(Labelled(deal), Labelled("1")));

        Assert.Single(made.Expect(status).Results.EnumerateArray());
        Assert.Equal("OBJECT_NOT_FOUND", made["errors"][0].Text("category"));
    }

    [Fact]
    public async Task Create_OfGoodOnesAnswers201()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());

        var made = await PostAsync(
            $"{ContactsToDeals}/create",
            $$$"""
            {"inputs":[{"from":{"id":"{{{contact}}}"},"to":{"id":"{{{deal}}}"},
              "types":[{"associationCategory":"USER_DEFINED","associationTypeId":11}]}]}
            """
        );

        Assert.Equal(
            ["Покупатель"],
            made.Expect(201).Results[0].GetProperty("labels").EnumerateArray().Select(one => one.GetString()!)
        );
    }

    [Theory]
    [InlineData("/crm/v4/associations", 204)]
    [InlineData("/crm/associations/2026-03", 204)]
    [InlineData("/crm/associations/2026-09", 200)]
    public async Task Archive_CutsTheLinks(string root, int status)
    {
        var (contact, deal) = await LinkedAsync();

        var cut = await PostAsync(
            $"{root}/contacts/deals/batch/archive",
            $$$"""{"inputs":[{"from":{"id":"{{{contact}}}"},"to":[{"id":"{{{deal}}}"}]}]}"""
        );

        cut.Expect(status);
        Assert.Empty((await GetAsync($"{Contacts}/{contact}/associations/deals")).Results.EnumerateArray());
    }

    [Theory]
    [InlineData("read", 1_000)]
    [InlineData("associate/default", 2_000)]
    [InlineData("create", 2_000)]
    public async Task Inputs_Are1000ToReadAnd2000ToWrite(string call, int most)
    {
        var (contact, deal) = await LinkedAsync();
        var input = call == "read" ? Id(contact) : Pair(contact, deal);

        var full = await PostAsync($"{ContactsToDeals}/{call}", Inputs([.. Enumerable.Repeat(input, most)]));
        Assert.InRange(full.Status, 200, 207);

        var tooMany = await PostAsync($"{ContactsToDeals}/{call}", Inputs([.. Enumerable.Repeat(input, most + 1)]));
        tooMany.ExpectError(400, "VALIDATION_ERROR");
    }

    private static string Id(string id) => $$"""{"id":"{{id}}"}""";

    private static string Pair(string from, string to) => $$$"""{"from":{"id":"{{{from}}}"},"to":{"id":"{{{to}}}"} }""";

    private static string Inputs(params string[] inputs) => $$"""{"inputs":[{{string.Join(',', inputs)}}]}""";

    private async Task<(string Contact, string Deal)> LinkedAsync()
    {
        var (contact, deal) = (await ContactAsync("a@example.com"), await DealAsync());
        (await PutAsync($"{Contacts}/{contact}/associations/default/deals/{deal}")).Expect(200);
        return (contact, deal);
    }
}
