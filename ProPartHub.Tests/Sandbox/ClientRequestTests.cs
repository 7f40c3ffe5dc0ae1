using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Every request of the portal's own client, in every version it can speak, is one that is accepted.</summary>
public sealed class ClientRequestTests : ContractTest
{
    private static readonly string[] Names = ["email", "firstname", "phone"];

    public static TheoryData<string> Versions => ["v3", "2026-03", "2026-09"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Schema_IsRead(string version)
    {
        await using var speaker = Speak(version);

        Assert.Equal(50112233, (await speaker.Client.GetAccountAsync(Changes, Cancel)).PortalId);
        Assert.Contains(
            await speaker.Client.GetPropertiesAsync("deals", Changes, Cancel),
            one => one.Name == "dealstage"
        );
        Assert.Equal(3, (await speaker.Client.GetPipelinesAsync("deals", Changes, Cancel)).Count);
        var owners = await speaker.Client.GetOwnersAsync(Changes, Cancel);
        Assert.Equal((7, 2), (owners.Count(owner => !owner.Archived), owners.Count(owner => owner.Archived)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Property_IsMadeAndFoundBy(string version)
    {
        await using var speaker = Speak(version);
        var definition = new HubSpotPropertyDefinition(
            "propart_lead_id",
            "ProPart lead",
            "string",
            "text",
            "contactinformation",
            HasUniqueValue: true
        );

        Assert.True((await speaker.Client.CreatePropertyAsync("contacts", definition, Push, Cancel)).HasUniqueValue);

        var made = await CreateAsync(speaker.Client, ("email", "a@example.com"), ("propart_lead_id", "L-1"));
        var one = await speaker.Client.FindByAsync("contacts", "propart_lead_id", "L-1", Names, Changes, Cancel);
        Assert.Equal(made.Id, one?.Id);
        var many = await speaker.Client.FindManyByAsync(
            "contacts",
            "email",
            ["A@example.com", "x@y.example"],
            Names,
            Changes,
            Cancel
        );
        Assert.Equal(made.Id, Assert.Single(many).Value.Id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Record_IsWrittenReadAndArchived(string version)
    {
        await using var speaker = Speak(version);
        var client = speaker.Client;

        var contact = await CreateAsync(client, ("email", "a@example.com"), ("firstname", "Ada"));
        var deal = await client.CreateAsync(
            "deals",
            Values(("dealname", "Flat"), ("pipeline", LeadPipeline), ("dealstage", FirstStage)),
            [new HubSpotAssociationTarget(contact.Id, HubSpotAssociationTypes.DealToContact)],
            Push,
            Cancel
        );
        var updated = await client.UpdateAsync("contacts", contact.Id, Values(("firstname", null)), Push, Cancel);
        Assert.Null(updated["firstname"]);

        var read = await client.FindAsync(
            "deals",
            deal.Id,
            ["dealname"],
            Changes,
            archived: false,
            ["contacts"],
            Cancel
        );
        Assert.Equal(("Flat", contact.Id), (read!["dealname"], Assert.Single(read.AssociatedIds("contacts"))));
        var page = await client.ListAsync("contacts", Names, null, Changes, archived: false, ["deals"], Cancel);
        Assert.Equal(deal.Id, Assert.Single(Assert.Single(page.Results).AssociatedIds("deals")));

        await client.ArchiveAsync("deals", deal.Id, Push, Cancel);
        await client.ArchiveAsync("deals", "1", Push, Cancel);
        Assert.Null(await client.FindAsync("deals", deal.Id, ["dealname"], Changes, cancellationToken: Cancel));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task List_WithMoreNamesThanAnAddressHoldsIsAccepted(string version)
    {
        await using var speaker = Speak(version);
        await ContactAsync("a@example.com");
        string[] many = [.. Enumerable.Range(0, 700).Select(i => $"a_rather_long_property_name_{i}"), "email"];
        string[] justFits = [.. Enumerable.Range(0, 480).Select(i => $"a_rather_long_property_name_{i}"), "email"];

        foreach (var names in new[] { many, justFits })
        {
            var page = await speaker.Client.ListAsync("contacts", names, null, Changes, cancellationToken: Cancel);
            Assert.Equal("a@example.com", Assert.Single(page.Results)["email"]);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Batches_AreWrittenInPartAndRead(string version)
    {
        await using var speaker = Speak(version);
        HubSpotCreate[] creates =
        [
            new("good", Values(("email", "a@example.com"))),
            new("bad", Values(("email", "000"))),
        ];

        var made = await speaker.Client.CreateBatchAsync("contacts", creates, "email", Push, Cancel);
        var id = made.Done["good"].Id;
        Assert.IsType<HubSpotValidationException>(made.Failed["bad"]);
        Assert.Empty(made.Unanswered);

        HubSpotUpdate[] updates = [new(id, Values(("firstname", "Анна"))), new("1", Values(("firstname", "Анна")))];
        var written = await speaker.Client.UpdateBatchAsync("contacts", updates, Push, Cancel);
        Assert.Equal("Анна", written.Done[id]["firstname"]);
        Assert.IsType<HubSpotNotFoundException>(written.Failed["1"]);

        var read = await speaker.Client.ReadBatchAsync(
            "contacts",
            [id, "1"],
            Names,
            Changes,
            cancellationToken: Cancel
        );
        Assert.Equal("Анна", read.Found[id]["firstname"]);
        Assert.Equal(["1"], read.Missing);
        Assert.Empty(read.Unanswered);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Associations_AreTiedAndRead(string version)
    {
        await using var speaker = Speak(version);
        var (contact, lonely, deal) = (
            await ContactAsync("a@example.com"),
            await ContactAsync("b@example.com"),
            await DealAsync()
        );

        var tied = await speaker.Client.AssociateAsync(
            "deals",
            "contacts",
            [new HubSpotAssociationPair(deal, contact)],
            Push,
            Cancel
        );
        var read = await speaker.Client.ReadAssociationsAsync("contacts", "deals", [contact, lonely], Changes, Cancel);

        Assert.Empty(tied.Refused);
        var link = Assert.Single(read[contact]);
        Assert.Equal((deal, 4), (link.ToId, link.Types[0].TypeId));
        Assert.Empty(read[lonely]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Search_FindsChangesAndValues(string version)
    {
        await using var speaker = Speak(version);
        var id = await ContactAsync("a@example.com");
        var now = Clock.GetUtcNow();

        var changed = await speaker.Client.SearchChangedAsync(
            "contacts",
            now.AddMinutes(-1),
            now,
            null,
            Changes,
            Cancel
        );
        Assert.Equal((id, now), (Assert.Single(changed.Changes).Id, changed.Changes[0].ModifiedAt));
        Assert.Empty(
            (await speaker.Client.SearchChangedAsync("deals", now.AddMinutes(-1), now, "0", Changes, Cancel)).Changes
        );

        var search = new HubSpotSearch
        {
            FilterGroups =
            [
                new(new HubSpotFilter("email", "IN", null, ["a@example.com"])),
                new(new HubSpotFilter("phone", "CONTAINS_TOKEN", "*501234567")),
            ],
            Sorts = [new HubSpotSort("hs_object_id")],
            Properties = Names,
        };
        Assert.Equal(
            id,
            Assert.Single((await speaker.Client.SearchAsync("contacts", search, Changes, Cancel)).Results).Id
        );
    }

    [Fact]
    public async Task Refusals_AreUnderstood()
    {
        await using var speaker = Speak("2026-03");
        var id = await ContactAsync("a@example.com");

        var conflict = await Assert.ThrowsAsync<HubSpotConflictException>(() =>
            CreateAsync(speaker.Client, ("email", "a@example.com"))
        );
        Assert.Equal(id, conflict.ExistingId);
        await Assert.ThrowsAsync<HubSpotValidationException>(() =>
            speaker.Client.UpdateAsync("contacts", id, Values(("no_such_property", "1")), Push, Cancel)
        );
        await Assert.ThrowsAsync<HubSpotNotFoundException>(() =>
            speaker.Client.UpdateAsync("contacts", "1", Values(("firstname", "x")), Push, Cancel)
        );
    }

    private static Task<HubSpotObject> CreateAsync(HubSpotClient client, params (string, string?)[] values) =>
        client.CreateAsync("contacts", Values(values), null, Push, Cancel);

    private static Dictionary<string, string?> Values(params (string Name, string? Value)[] values) =>
        values.ToDictionary(one => one.Name, one => one.Value);

    private PortalClient Speak(string version) => new(Sandbox.BaseAddress, version, Clock);
}
