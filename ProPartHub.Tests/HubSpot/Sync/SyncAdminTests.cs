using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What the sync page reads and what an admin decides there.</summary>
public sealed class SyncAdminTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await SyncDesk.CreateAsync(Token);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    public static TheoryData<string, Role> Calls =>
        new MatrixTheoryData<string, Role>(
            [
                "status",
                "log",
                "parked",
                "conflicts",
                "problems",
                "pipelines",
                "pause",
                "resume",
                "retry",
                "retry all",
                "give up",
                "stage",
            ],
            [Role.Agent, Role.Manager]
        );

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Everything_IsForAdminsAlone(string call, Role role)
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ParkAsync(lead.Id, "No.");
        var actor = role is Role.Agent ? _desk.Bed.Olena : _desk.Bed.Nina;

        await Assert.ThrowsAsync<ForbiddenException>(() => CallAsync(call, actor, lead.Id));

        Assert.NotNull((await _desk.MarkAsync(lead.Id))?.ParkedAt);
        await CallAsync(call, _desk.Bed.Ada, lead.Id);
    }

    [Fact]
    public async Task RetryAll_TriesEverythingAgain()
    {
        foreach (var number in Enumerable.Range(1, 3))
        {
            await _desk.ParkAsync((await _desk.LeadAsync(number)).Id, "No.");
        }

        Assert.Equal(3, await _desk.Get<SyncAdmin>().RetryAllParkedAsync(_desk.Bed.Ada, Token));

        Assert.Equal(0, (await Troubles.ParkedAsync(_desk.Bed.Ada, 1, Token)).Total);
        Assert.Equal(3, await _desk.Bed.ReadAsync(db => db.Outbox.CountAsync(row => row.Attempts == 0, Token)));
    }

    [Fact]
    public async Task Retry_OfWhatIsNoLongerSetAside_DoesNothing()
    {
        var lead = await _desk.LeadAsync(1);
        var before = await _desk.MarkAsync(lead.Id);

        await _desk.Get<SyncAdmin>().RetryParkedAsync(_desk.Bed.Ada, OutboxKind.Lead, lead.Id, Token);

        Assert.Equal(before!.Revision, (await _desk.MarkAsync(lead.Id))!.Revision);
        Assert.Equal(0, await _desk.EventsAsync(lead.Id, LeadEventKind.SyncStateChanged));
    }

    [Fact]
    public async Task GiveUp_LetsTheSidesDiffer_AndIsWrittenDownWithItsName()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ParkAsync(lead.Id, "country: no such option");
        await _desk.LinkAsync(lead.Id, "77");

        await _desk.Get<SyncAdmin>().GiveUpAsync(_desk.Bed.Ada, OutboxKind.Lead, lead.Id, Token);

        Assert.Null(await _desk.MarkAsync(lead.Id));
        var entry = Assert.Single(
            (await _desk.Get<SyncLogQueries>().PageAsync(_desk.Bed.Ada, onlyFailed: false, null, Token)).Rows
        );
        Assert.Equal("Ada Byron: country: no such option", entry.Detail);
        var agreed = await _desk.Bed.ReadAsync(db => db.LeadSyncs.Select(sync => sync.Agreed).SingleAsync(Token));
        Assert.Equal("Клієнт 1", agreed[nameof(LeadField.ClientName)]);
        Assert.Equal(1, await _desk.EventsAsync(lead.Id, LeadEventKind.SyncStateChanged));
    }

    [Fact]
    public async Task Parked_ComesByPages_OldestFirst_AndAPageTooFarIsTheLast()
    {
        for (var number = 1; number <= SyncTroubleQueries.PageSize + 3; number++)
        {
            await _desk.ParkAsync((await _desk.LeadAsync(number)).Id, $"No. {number}");
            _desk.Bed.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await Troubles.ParkedAsync(_desk.Bed.Ada, 1, Token);
        var last = await Troubles.ParkedAsync(_desk.Bed.Ada, 99, Token);

        Assert.Equal(("No. 1", SyncTroubleQueries.PageSize), (first.Rows[0].Words, first.Rows.Count));
        Assert.Equal((2, 2, SyncTroubleQueries.PageSize + 3), (last.Number, last.Pages, last.Total));
        Assert.Equal(["No. 21", "No. 22", "No. 23"], last.Rows.Select(row => row.Words));
    }

    [Fact]
    public async Task PullProblems_NameTheStageAndTheOwnerThatAreUnknown()
    {
        var stage = await _desk.LeadAsync(1);
        var owner = await _desk.LeadAsync(2);
        var named = await _desk.LeadAsync(3);
        var fine = await _desk.LeadAsync(4);
        await _desk.OwnerAsync("901", "Юлія Шевчук", null);
        await _desk.ProblemAsync(stage.Id, Attention.UnknownStage, new() { ["dealstage"] = "9988" });
        await _desk.ProblemAsync(owner.Id, Attention.UnknownAgent, new() { ["hubspot_owner_id"] = "901" });
        await _desk.ProblemAsync(named.Id, Attention.UnknownAgent, new() { ["responisble_agent"] = "petro" });
        await _desk.ProblemAsync(fine.Id, Attention.SharedPhone, []);

        var rows = (await Troubles.PullProblemsAsync(_desk.Bed.Ada, 1, Token)).Rows;

        Assert.Equal(
            [(named.Id, null, "petro"), (owner.Id, null, "Юлія Шевчук"), (stage.Id, "9988", null)],
            rows.Select(row => (row.LeadId, row.Stage, row.Owner))
        );
    }

    [Fact]
    public async Task Status_CountsWhatWaits_AndNamesTheHolderOfTheLease()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ParkAsync(lead.Id, "No.");
        await _desk.LeadAsync(2);
        await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "a", "b");
        await using var lease = await SyncLease.TryTakeAsync(_desk.Bed.ConnectionString, Token);

        var status = await _desk.Get<SyncStatusQueries>().StatusAsync(_desk.Bed.Ada, Token);

        Assert.Equal((1, 1, 1, 0), (status.Waiting, status.Parked, status.OpenConflicts, status.PullProblems));
        Assert.Equal(_desk.Bed.Time.GetUtcNow(), status.OldestWaiting);
        Assert.Equal(Environment.MachineName, status.Holder);
    }

    [Fact]
    public async Task Page_IsLoadedWithFewCommands_HoweverMuchIsOnIt()
    {
        var won = await _desk.Bed.StageAsync(LeadStatus.Won);
        for (var number = 1; number <= 12; number++)
        {
            var lead = await _desk.LeadAsync(number);
            await _desk.ParkAsync(lead.Id, "No.");
            await _desk.ConflictAsync(lead.Id, nameof(LeadField.Stage), won.ToString(), null);
            await _desk.ConflictAsync(lead.Id, nameof(LeadField.Agent), _desk.Bed.Olena.UserId.ToString(), null);
            await _desk.ProblemAsync(lead.Id, Attention.UnknownAgent, new() { ["hubspot_owner_id"] = $"{number}" });
        }

        Assert.Equal(7, await CountAsync(() => _desk.Get<SyncStatusQueries>().StatusAsync(_desk.Bed.Ada, Token)));
        Assert.Equal(2, await CountAsync(() => Troubles.ParkedAsync(_desk.Bed.Ada, 1, Token)));
        Assert.Equal(4, await CountAsync(() => Troubles.ConflictsAsync(_desk.Bed.Ada, 1, Token)));
        Assert.Equal(3, await CountAsync(() => Troubles.PullProblemsAsync(_desk.Bed.Ada, 1, Token)));
        Assert.Equal(1, await CountAsync(() => _desk.Get<MappingQueries>().PipelinesAsync(_desk.Bed.Ada, Token)));
    }

    [Fact]
    public async Task StageMeaning_IsKept_LeadsFollow_AndItIsRecorded()
    {
        var stage = await _desk.StageAsync("Задаток", LeadStatus.Qualified);
        var lead = await _desk.LeadAsync(1);
        await _desk.Bed.Get<LeadService>().MoveAsync(_desk.Bed.Olena, lead.Id, stage, null, Token);

        await _desk.Get<StageMeaning>().SetAsync(_desk.Bed.Ada, stage, LeadStatus.Won, Token);

        var stored = await _desk.Bed.ReadAsync(db => db.Stages.SingleAsync(row => row.Id == stage, Token));
        Assert.Equal((LeadStatus.Won, true), (stored.Status, stored.IsStatusConfirmed));
        Assert.Equal(LeadStatus.Won, (await _desk.Bed.LoadAsync(lead.Id)).Status);
        var entry = await _desk.Bed.ReadAsync(db => db.SecurityEvents.SingleAsync(Token));
        Assert.Equal(
            ("Задаток", "Qualified", "Won"),
            (entry.Details["stage"], entry.Details["before"], entry.Details["after"])
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            _desk.Get<StageMeaning>().SetAsync(_desk.Bed.Ada, Guid.NewGuid(), LeadStatus.Won, Token)
        );
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            _desk.Get<StageMeaning>().SetAsync(_desk.Bed.Ada, stage, (LeadStatus)99, Token)
        );
    }

    private async Task SetStageAsync(Actor actor)
    {
        var stage = await _desk.Bed.StageAsync(LeadStatus.New);
        await _desk.Get<StageMeaning>().SetAsync(actor, stage, LeadStatus.New, Token);
    }

    private SyncTroubleQueries Troubles => _desk.Get<SyncTroubleQueries>();

    private async Task<int> CountAsync(Func<Task> read)
    {
        _desk.Bed.Sql.Reset();
        await read();
        return _desk.Bed.Sql.Commands.Count;
    }

    private Task CallAsync(string call, Actor actor, Guid leadId)
    {
        var status = _desk.Get<SyncStatusQueries>();
        var mapping = _desk.Get<MappingQueries>();
        var admin = _desk.Get<SyncAdmin>();
        return call switch
        {
            "status" => status.StatusAsync(actor, Token),
            "log" => _desk.Get<SyncLogQueries>().PageAsync(actor, onlyFailed: false, null, Token),
            "parked" => Troubles.ParkedAsync(actor, 1, Token),
            "conflicts" => Troubles.ConflictsAsync(actor, 1, Token),
            "problems" => Troubles.PullProblemsAsync(actor, 1, Token),
            "pipelines" => mapping.PipelinesAsync(actor, Token),
            "pause" => admin.PauseAsync(actor, Token),
            "resume" => admin.ResumeAsync(actor, Token),
            "retry" => admin.RetryParkedAsync(actor, OutboxKind.Lead, leadId, Token),
            "retry all" => admin.RetryAllParkedAsync(actor, Token),
            "give up" => admin.GiveUpAsync(actor, OutboxKind.Lead, leadId, Token),
            "stage" => SetStageAsync(actor),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call, null),
        };
    }
}
