using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Leads whose agent is not whom HubSpot names: how they are found, and what an admin's decision does.</summary>
public sealed class AgentMismatchTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Actor Ada => _desk.Bed.Ada;

    private Actor Olena => _desk.Bed.Olena;

    private Actor Taras => _desk.Bed.Taras;

    public async ValueTask InitializeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        await _desk.OwnerAsync("1", "Olena G.", null, linkTo: Olena.UserId);
        await _desk.OwnerAsync("2", "Якась Людина", null);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Page_GroupsByWhoIsNamedAndWhoHasTheLead()
    {
        await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"));
        await _desk.DealAsync(2, Taras, AgentDesk.Deal(responsible: "Олена Гнатюк"));
        await _desk.DealAsync(3, Taras, AgentDesk.Deal(owner: "2", portalName: "olena"));
        await _desk.DealAsync(4, null, AgentDesk.Deal(owner: "1"));
        await _desk.DealAsync(5, Taras, AgentDesk.Deal(owner: "2"));
        await _desk.DealAsync(6, Taras, AgentDesk.Deal(responsible: "Хтось"));
        await _desk.DealAsync(7, Taras, AgentDesk.Deal());
        // These agree: the same person, an owner before a name, nobody on both sides.
        await _desk.DealAsync(8, Olena, AgentDesk.Deal(owner: "1", responsible: "taras"));
        await _desk.DealAsync(9, Taras, AgentDesk.Deal(owner: "2", responsible: "taras"));
        await _desk.DealAsync(10, null, AgentDesk.Deal(owner: "2"));

        var found = await Queries.PageAsync(Ada, 1, Token);

        var (olena, taras) = (Olena.UserId, Taras.UserId);
        Assert.Equal(
            [
                new(new(olena, null, null, taras), "Олена Гнатюк", "Тарас Вовк", 3, 3),
                new(new(null, null, null, taras), null, "Тарас Вовк", 1, 1),
                new(new(olena, null, null, null), "Олена Гнатюк", null, 1, 1),
                new(new(null, null, "ХТОСЬ", taras), "Хтось", "Тарас Вовк", 1, 1),
                new(new(null, "2", null, taras), "Якась Людина", "Тарас Вовк", 1, 1),
            ],
            found.Rows.OrderByDescending(row => row.Leads).ThenBy(row => row.TheirName, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task ArchivedLeadsCount_DeletedDealsAndWhatIsOnItsWay_DoNot()
    {
        var archived = await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"));
        var deleted = await _desk.DealAsync(2, Taras, AgentDesk.Deal(owner: "1"));
        await _desk.ChangeAsync(async db =>
        {
            var now = _desk.Bed.Time.GetUtcNow();
            (await db.Leads.SingleAsync(row => row.Id == archived, Token)).ArchivedAt = now;
            (await db.LeadSyncs.SingleAsync(row => row.LeadId == deleted, Token)).DeletedAt = now;
        });
        // Edited, but not in its agent; and handed on a moment ago.
        var edited = await _desk.DealAsync(3, Taras, AgentDesk.Deal(owner: "1"));
        await _desk.Get<SyncAdmin>().SyncLeadNowAsync(Ada, edited, Token);
        var onItsWay = await _desk.DealAsync(4, Olena, AgentDesk.Deal(owner: "1"));
        await _desk.Bed.Get<LeadService>().TransferAsync(Ada, onItsWay, Taras.UserId, null, Token);

        var way = Assert.Single((await Queries.PageAsync(Ada, 1, Token)).Rows);
        var leads = await Queries.LeadsAsync(Ada, way.Key, 1, Token);

        Assert.Equal(2, way.Leads);
        Assert.Equal([(edited, false), (archived, true)], leads.Rows.Select(lead => (lead.LeadId, lead.IsArchived)));
    }

    [Fact]
    public async Task AgentWhoIsNoOwner_CannotBeTold_WhereTheAccountHasNoNames()
    {
        await _desk.DealAsync(1, Taras, new() { [AgentDesk.Owner] = "1" });
        await _desk.DealAsync(2, null, new() { [AgentDesk.Owner] = "1" });

        var found = (await Queries.PageAsync(Ada, 1, Token)).Rows.ToDictionary(row => row.Key.Ours ?? Guid.Empty);

        Assert.Equal((1, 0), (found[Taras.UserId].Leads, found[Taras.UserId].Tellable));
        Assert.Equal(1, found[Guid.Empty].Tellable);
        Assert.Equal(0, await Repair.TellOursAsync(Ada, found[Taras.UserId].Key, null, Token));
        Assert.Equal(0, await _desk.Bed.ReadAsync(db => db.Outbox.CountAsync(Token)));
    }

    [Fact]
    public async Task TakeTheirs_HandsTheLeadOn_SendsNothing_AndBothAgree()
    {
        var lead = await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"), isUnknown: true);
        await _desk.ConflictAsync(lead, nameof(LeadField.Agent), Taras.UserId.ToString(), Olena.UserId.ToString());
        await _desk.ConflictAsync(lead, nameof(LeadField.ClientName), "a", "b");
        var key = await OnlyKeyAsync();

        Assert.Equal(1, await Repair.TakeTheirsAsync(Ada, key, "Звірка", null, Token));

        var stored = await _desk.Bed.LoadAsync(lead);
        Assert.Equal((Olena.UserId, Olena.TeamId), (stored.AgentId, stored.TeamId));
        Assert.Equal(Attention.None, stored.Attention);
        var agreed = (await _desk.SyncOfAsync(lead)).Agreed;
        Assert.Equal((Olena.UserId.ToString(), "Клієнт"), (agreed[nameof(LeadField.Agent)], agreed["ClientName"]));
        Assert.Null(await _desk.MarkAsync(lead));
        var transferred = await _desk.Bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.Transferred, Token)
        );
        Assert.Equal((Ada.UserId, Taras.UserId), (transferred.ActorId, transferred.PreviousAgentId));
        Assert.Contains(transferred.Changes, change => change.After == "Звірка");
        var open = await _desk.Bed.ReadAsync(db =>
            db.SyncConflicts.Where(row => row.SettledAt == null).ToListAsync(Token)
        );
        Assert.Equal(nameof(LeadField.ClientName), Assert.Single(open).Field);
        var entry = await _desk.Bed.ReadAsync(db => db.SecurityEvents.SingleAsync(Token));
        Assert.Equal(("agents of leads", "1"), (entry.Details["setting"], entry.Details["leads"]));
        Assert.Empty((await Queries.PageAsync(Ada, 1, Token)).Rows);
    }

    [Fact]
    public async Task TakeTheirs_OfNobody_PutsTheLeadIntoThePool()
    {
        var lead = await _desk.DealAsync(1, Taras, AgentDesk.Deal());

        Assert.Equal(1, await Repair.TakeTheirsAsync(Ada, await OnlyKeyAsync(), "Звірка", null, Token));

        Assert.Null((await _desk.Bed.LoadAsync(lead)).AgentId);
    }

    [Fact]
    public async Task TakeTheirs_OfSomebodyUnknown_IsRefused()
    {
        var lead = await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "2"));
        var key = await OnlyKeyAsync();

        await Assert.ThrowsAsync<InvalidInputException>(() => Repair.TakeTheirsAsync(Ada, key, "x", null, Token));

        Assert.Equal(Taras.UserId, (await _desk.Bed.LoadAsync(lead)).AgentId);
    }

    [Fact]
    public async Task TellOurs_WaitsForHubSpot_AndLeavesTheLeadAlone()
    {
        var lead = await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"));
        var before = await _desk.Bed.LoadAsync(lead);

        Assert.Equal(1, await Repair.TellOursAsync(Ada, await OnlyKeyAsync(), null, Token));

        Assert.Equal(before.Version, (await _desk.Bed.LoadAsync(lead)).Version);
        Assert.NotNull(await _desk.MarkAsync(lead));
        Assert.Equal(Olena.UserId.ToString(), (await _desk.SyncOfAsync(lead)).Agreed[nameof(LeadField.Agent)]);
        Assert.Empty((await Queries.PageAsync(Ada, 1, Token)).Rows);
    }

    [Fact]
    public async Task LeadsEditedInBetween_AreLeftAlone()
    {
        var kept = await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"));
        var key = await OnlyKeyAsync();
        var given = await _desk.DealAsync(2, Taras, AgentDesk.Deal(owner: "1"));
        var renamed = await _desk.DealAsync(3, Taras, AgentDesk.Deal(owner: "1"));
        await _desk.Bed.Get<LeadService>().TransferAsync(Ada, given, _desk.Bed.James.UserId, null, Token);
        await _desk.ChangeAsync(async db =>
            (await db.LeadSyncs.SingleAsync(row => row.LeadId == renamed, Token)).DealSnapshot = AgentDesk.Deal()
        );

        Assert.Equal(1, await Repair.TakeTheirsAsync(Ada, key, "Звірка", null, Token));

        Assert.Equal(Olena.UserId, (await _desk.Bed.LoadAsync(kept)).AgentId);
        Assert.Equal(_desk.Bed.James.UserId, (await _desk.Bed.LoadAsync(given)).AgentId);
        Assert.Equal(Taras.UserId, (await _desk.Bed.LoadAsync(renamed)).AgentId);
    }

    [Fact]
    public async Task LinkTakenAwayWhileItRuns_StopsTheRest()
    {
        for (var number = 1; number <= AgentMismatchRepair.BatchSize + 3; number++)
        {
            await _desk.DealAsync(number, Taras, AgentDesk.Deal(owner: "1"));
        }

        var told = new List<int>();
        var progress = new Told(count =>
        {
            told.Add(count);
            _desk.Get<OwnerLinking>().LinkAsync(Ada, Olena.UserId, null, Token).GetAwaiter().GetResult();
        });

        Assert.Equal(
            AgentMismatchRepair.BatchSize,
            await Repair.TakeTheirsAsync(Ada, await OnlyKeyAsync(), "Звірка", progress, Token)
        );

        Assert.Equal([AgentMismatchRepair.BatchSize, AgentMismatchRepair.BatchSize], told);
        Assert.Equal(
            3,
            await _desk.Bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.AgentId == Taras.UserId, Token))
        );
    }

    [Fact]
    public async Task Mismatches_AreReadWithThreeCommands_AndAreForAdminsAlone()
    {
        await _desk.DealAsync(1, Taras, AgentDesk.Deal(owner: "1"));
        await _desk.DealAsync(2, null, AgentDesk.Deal(owner: "1"));
        _desk.Bed.Sql.Reset();
        var way = (await Queries.PageAsync(Ada, 1, Token)).Rows[0];
        Assert.Equal(3, _desk.Bed.Sql.Commands.Count);

        foreach (var actor in new[] { Olena, _desk.Bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Queries.PageAsync(actor, 1, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Queries.LeadsAsync(actor, way.Key, 1, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() =>
                Repair.TakeTheirsAsync(actor, way.Key, "x", null, Token)
            );
            await Assert.ThrowsAsync<ForbiddenException>(() => Repair.TellOursAsync(actor, way.Key, null, Token));
        }
    }

    private AgentMismatchQueries Queries => _desk.Get<AgentMismatchQueries>();

    private AgentMismatchRepair Repair => _desk.Get<AgentMismatchRepair>();

    private async Task<AgentMismatchKey> OnlyKeyAsync() =>
        Assert.Single((await Queries.PageAsync(Ada, 1, Token)).Rows).Key;

    private sealed class Told(Action<int> hear) : IProgress<int>
    {
        public void Report(int value) => hear(value);
    }
}
