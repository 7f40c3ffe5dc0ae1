using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3 and 5: an address belongs to one live contact, whatever way it came or went.</summary>
public sealed class UniqueEmailTests : ContractTest
{
    [Fact]
    public async Task Changed_AddressIsFreeAndTheNewOneTaken()
    {
        var id = await ContactAsync("old@example.com");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"email":"new@example.com"}}""")).Expect(200);

        (await PostAsync(Contacts, """{"properties":{"email":"new@example.com"}}""")).ExpectError(409, "CONFLICT");
        await ContactAsync("old@example.com");
    }

    [Fact]
    public async Task Cleared_AddressIsFree()
    {
        var id = await ContactAsync("old@example.com");
        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"email":""}}""")).Expect(200);

        await ContactAsync("old@example.com");
    }

    [Fact]
    public async Task Update_ToATakenAddressIsAConflictThatNamesTheHolder()
    {
        var holder = await ContactAsync("a@example.com");
        var id = await ContactAsync("b@example.com");

        var refused = await PatchAsync($"{Contacts}/{id}", """{"properties":{"email":"A@example.com"}}""");

        Assert.Equal($"Contact already exists. Existing ID: {holder}", refused.ExpectError(409, "CONFLICT").Message);
    }

    [Fact]
    public async Task Update_ToItsOwnAddressIsAccepted()
    {
        var id = await ContactAsync("a@example.com");

        (await PatchAsync($"{Contacts}/{id}", """{"properties":{"email":"A@Example.com"}}""")).Expect(200);
    }

    [Fact]
    public async Task Archived_ContactsComeBackOnlyWhileTheirAddressIsFree()
    {
        var id = await ContactAsync("a@example.com");
        (await DeleteAsync($"{Contacts}/{id}")).Expect(204);
        await ContactAsync("a@example.com");

        var refused = await PostAsync($"/sandbox/api/objects/contacts/{id}/restore", "{}");

        Assert.Equal("CONFLICT", refused.Expect(409).Category);
    }

    [Fact]
    public async Task Erased_ByAddressIsGone()
    {
        var id = await ContactAsync("a@example.com");

        (await PostAsync($"{Contacts}/gdpr-delete", """{"objectId":"a@example.com","idProperty":"email"}""")).Expect(
            204
        );

        (await GetAsync($"{Contacts}/{id}?archived=true")).ExpectError(404, "OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task DealsEmail_IsAnOrdinaryProperty()
    {
        var (first, second) = (await DealAsync(), await DealAsync());

        foreach (var id in new[] { first, second })
        {
            (await PatchAsync($"{Deals}/{id}", """{"properties":{"email":"not an address"}}""")).Expect(200);
        }

        Assert.Equal(2, Sandbox.Account.Records(ObjectType.Deals).All.Count);
    }
}
