using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 0.6 and 3: merging two records, and erasing one for good.</summary>
public sealed class MergeTests : ContractTest
{
    [Fact]
    public async Task Contacts_BecomeAThirdRecordWithTheValuesOfThePrimary()
    {
        var (primary, other, survivor) = await MergedAsync();

        Assert.DoesNotContain(survivor.Id, new[] { primary, other });
        Assert.Equal("Ada", survivor.Body.Value("firstname"));
        // What the primary lacked came from the other.
        Assert.Equal("+380501234567", survivor.Body.Value("phone"));
    }

    [Fact]
    public async Task OldIds_AnswerWithTheSurvivor()
    {
        var (primary, other, survivor) = await MergedAsync();

        Assert.Equal(survivor.Id, (await GetAsync($"{Contacts}/{primary}")).Expect(200).Id);
        Assert.Equal(survivor.Id, (await GetAsync($"{Contacts}/{other}")).Expect(200).Id);
        var read = await PostAsync(
            $"{Contacts}/batch/read",
            $$"""{"properties":["hs_merged_object_ids"],"inputs":[{"id":"{{primary}}"},{"id":"{{other}}"}]}"""
        );
        Assert.Equal([survivor.Id], read.Expect(200).Results.Ids());
    }

    [Fact]
    public async Task Survivor_ListsTheOldIdsWhenAsked()
    {
        var (primary, other, survivor) = await MergedAsync();

        var read = await GetAsync(
            $"{Contacts}/{survivor.Id}?properties=hs_merged_object_ids,hs_calculated_merged_vids"
        );

        Assert.Equal([primary, other], read.Body.Value("hs_merged_object_ids")!.Split(';'));
        Assert.StartsWith($"{primary}:", read.Body.Value("hs_calculated_merged_vids"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldIds_VanishFromListsAndSearchWithoutBeingArchived()
    {
        var (_, _, survivor) = await MergedAsync();

        Assert.Equal([survivor.Id], (await GetAsync(Contacts)).Results.Ids());
        Assert.Empty((await GetAsync($"{Contacts}?archived=true")).Results.Ids());
        Assert.Equal([survivor.Id], (await PostAsync($"{Contacts}/search", "{}")).Results.Ids());
    }

    [Fact]
    public async Task OtherEmail_BecomesAnAdditionalOneAndStaysTaken()
    {
        var (_, _, survivor) = await MergedAsync();

        var read = await GetAsync($"{Contacts}/{survivor.Id}?properties=email,hs_additional_emails");
        Assert.Equal(
            ("a@example.com", "b@example.com"),
            (read.Body.Value("email"), read.Body.Value("hs_additional_emails"))
        );
        (await PostAsync(Contacts, """{"properties":{"email":"b@example.com"}}""")).ExpectError(409, "CONFLICT");
    }

    [Fact]
    public async Task Associations_GoToTheSurvivor()
    {
        var (first, second, deal) = (
            await ContactAsync("a@example.com"),
            await ContactAsync("b@example.com"),
            await DealAsync()
        );
        (await PutAsync($"{Contacts}/{second}/associations/default/deals/{deal}")).Expect(200);

        var survivor = await MergeAsync(Contacts, first, second);

        Assert.Equal(
            survivor.Expect(200).Id,
            (await GetAsync($"{Deals}/{deal}/associations/contacts")).Results[0].Text("toObjectId")
        );
    }

    [Fact]
    public async Task Deals_KeepTheIdOfThePrimary()
    {
        var (first, second) = (await DealAsync("First"), await DealAsync("Second"));

        var survivor = (await MergeAsync(Deals, first, second)).Expect(200);

        Assert.Equal(first, survivor.Id);
        Assert.Equal(first, (await GetAsync($"{Deals}/{second}")).Expect(200).Id);
    }

    [Fact]
    public async Task Identities_EndAt250()
    {
        var survivor = await ContactAsync("a@example.com");
        // Each merge makes a new record: two more old ids every time.
        for (var i = 0; i < 125; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            survivor = (await MergeAsync(Contacts, survivor, await ContactAsync($"client{i}@example.com")))
                .Expect(200)
                .Id;
        }

        var refused = await MergeAsync(Contacts, survivor, await ContactAsync("last@example.com"));

        Assert.Equal("Cannot have more than 250 identities on a profile", refused.Expect(414).Message);
    }

    [Fact]
    public async Task Erased_RecordsLeaveNoTrace()
    {
        var id = await ContactAsync("a@example.com");

        (await PostAsync($"{Contacts}/gdpr-delete", $$"""{"objectId":"{{id}}"}""")).Expect(204);

        (await GetAsync($"{Contacts}/{id}")).ExpectError(404, "OBJECT_NOT_FOUND");
        (await GetAsync($"{Contacts}/{id}?archived=true")).ExpectError(404, "OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task ErasedEmail_NotYetKnownIsBlocked()
    {
        (
            await PostAsync($"{Contacts}/gdpr-delete", """{"objectId":"nobody@example.com","idProperty":"email"}""")
        ).Expect(204);

        (await PostAsync(Contacts, """{"properties":{"email":"nobody@example.com"}}""")).ExpectError(
            400,
            "VALIDATION_ERROR"
        );
    }

    private async Task<(string Primary, string Other, Answer Survivor)> MergedAsync()
    {
        var (primary, other) = (
            await ContactAsync("a@example.com", "Ada"),
            await ContactAsync("b@example.com", "Анна")
        );
        (await PatchAsync($"{Contacts}/{other}", """{"properties":{"phone":"+380501234567"}}""")).Expect(200);
        return (primary, other, (await MergeAsync(Contacts, primary, other)).Expect(200));
    }

    private Task<Answer> MergeAsync(string path, string primary, string other) =>
        PostAsync($"{path}/merge", $$"""{"primaryObjectId":"{{primary}}","objectIdToMerge":"{{other}}"}""");
}
