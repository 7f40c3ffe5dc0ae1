using System.Text.Json;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, owners.</summary>
public sealed class OwnerTests : ContractTest
{
    private const string Owners = "/crm/owners/2026-03";

    [Fact]
    public async Task Owner_HasTheseMembers()
    {
        var owner = (await GetAsync(Owners)).Expect(200).Results[0];

        Assert.Equal(
            "archived createdAt email firstName id lastName teams type updatedAt userId userIdIncludingInactive",
            owner.Members()
        );
        Assert.Equal("PERSON", owner.Text("type"));
        Assert.Equal("id name primary", owner.GetProperty("teams")[0].Members());
        Assert.Equal(owner.GetProperty("userId").GetInt64(), owner.GetProperty("userIdIncludingInactive").GetInt64());
    }

    [Fact]
    public async Task List_GivesArchivedOnesOnlyWhenAskedForAndTheyHaveNoUser()
    {
        Assert.All(
            (await GetAsync(Owners)).Results.EnumerateArray(),
            owner => Assert.False(owner.GetProperty("archived").GetBoolean())
        );

        var left = (await GetAsync($"{Owners}?archived=true")).Expect(200).Results.EnumerateArray().ToList();

        Assert.NotEmpty(left);
        Assert.All(
            left,
            owner =>
            {
                Assert.True(owner.GetProperty("archived").GetBoolean());
                Assert.Equal(JsonValueKind.Null, owner.GetProperty("userId").ValueKind);
                Assert.True(owner.GetProperty("userIdIncludingInactive").GetInt64() > 0);
                Assert.False(owner.Has("archivedAt"));
            }
        );
    }

    [Fact]
    public async Task List_PagesAndFiltersByEmail()
    {
        var all = (await GetAsync(Owners)).Results;
        var page = (await GetAsync($"{Owners}?limit=2")).Expect(200);
        Assert.Equal(all.Ids()[..2], page.Results.Ids());

        var after = page["paging"].GetProperty("next").Text("after");
        var rest = (await GetAsync($"{Owners}?limit=100&after={after}")).Expect(200);
        Assert.Equal(all.Ids()[2..], rest.Results.Ids());
        Assert.False(rest.Body.Has("paging"));

        (await GetAsync($"{Owners}?limit=500")).Expect(200);

        var email = all[0].Text("email");
        Assert.Equal([all.Ids()[0]], (await GetAsync($"{Owners}?email={email}")).Results.Ids());
    }

    [Fact]
    public async Task One_IsReadByIdOrUserId()
    {
        var owner = (await GetAsync(Owners)).Results[0];

        Assert.Equal(
            owner.Text("email"),
            (await GetAsync($"{Owners}/{owner.Text("id")}")).Expect(200).Body.Text("email")
        );
        Assert.Equal(
            owner.Text("id"),
            (await GetAsync($"{Owners}/{owner.GetProperty("userId").GetInt64()}?idProperty=userId")).Expect(200).Id
        );
        (await GetAsync($"{Owners}/1")).ExpectError(404, "OBJECT_NOT_FOUND");
    }
}
