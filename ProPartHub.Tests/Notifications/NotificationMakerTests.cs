using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>Whom committed events are told to: everybody concerned, nobody else, nobody twice, nobody of own acts.</summary>
public sealed class NotificationMakerTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OwnActs_AreNotTold()
    {
        await _bed.CommentAsync(_bed.Olena, _lead);
        await MoveAsync(_bed.Olena);
        await _bed.NotifyAsync(Token);

        Assert.Empty(await _bed.StoredAsync(_bed.Olena));
    }

    [Fact]
    public async Task ActsOfOthers_AreTold_WithWhoAndWhat()
    {
        await _bed.CommentAsync(_bed.Nina, _lead, "Зателефонуйте сьогодні");
        await MoveAsync(_bed.Nina);
        await _bed.NotifyAsync(Token);

        var rows = (await _bed.NoticesAsync(_bed.Olena)).OrderBy(row => row.Kind).ToList();
        Assert.Equal([NotificationKind.CommentAdded, NotificationKind.StageMoved], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal((_bed.Nina.Name, _lead), (row.ActorName, row.LeadId!.Value)));
        Assert.Equal(("Клієнт 1", "Зателефонуйте сьогодні"), (rows[0].ClientName, rows[0].Excerpt));
        Assert.Equal("На зв'язку", rows[1].StageName);
        Assert.Empty(await _bed.StoredAsync(_bed.Nina));
        Assert.Empty(await _bed.StoredAsync(_bed.Taras));
    }

    [Fact]
    public async Task HubSpotsComment_Activity_AndConflict_AreTold()
    {
        await RecordAsync(LeadEventKind.CommentAdded);
        var call = new Activity
        {
            LeadId = _lead,
            Kind = ActivityKind.Call,
            HubSpotId = "1",
            Subject = "Вихідний",
        };
        await _bed.Get<HubDatabase>().InTransactionAsync((db, _) => Task.FromResult(db.Activities.Add(call)), Token);
        await RecordAsync(LeadEventKind.ActivityAdded, call.Id);
        await RecordAsync(LeadEventKind.ConflictKept);
        await _bed.NotifyAsync(Token);

        var rows = (await _bed.NoticesAsync(_bed.Olena)).OrderBy(row => row.Kind).ToList();
        Assert.Equal(
            [NotificationKind.CommentAdded, NotificationKind.ActivityAdded, NotificationKind.ConflictKept],
            rows.Select(row => row.Kind)
        );
        Assert.Equal((ActivityKind.Call, "Вихідний"), (rows[1].Activity, rows[1].Excerpt));
        Assert.All(rows, row => Assert.Equal(LeadRecorder.HubSpot, row.ActorName));
    }

    [Fact]
    public async Task Transfer_IsToldToBoth_AndTheFormerAgentLearnsNoMoreThanTheNumber()
    {
        await _bed.CommentAsync(_bed.Nina, _lead, "Таємниця");
        await _bed.NotifyAsync(Token);
        Assert.Equal([NotificationKind.CommentAdded], await _bed.KindsAsync(_bed.Olena));

        await TransferAsync(_bed.Taras.UserId);
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.LeadAssigned], await _bed.KindsAsync(_bed.Taras));
        // The comment was told when the lead was hers; with it gone, that is gone too.
        var left = Assert.Single(await _bed.NoticesAsync(_bed.Olena));
        Assert.Equal(NotificationKind.LeadTaken, left.Kind);
        Assert.Null(left.LeadId);
        Assert.Null(left.ClientName);
        Assert.Equal((await _bed.LoadAsync(_lead)).Number, left.Facts.LeadNumber);
        Assert.Equal(1, (await _bed.Get<NotificationQueries>().BellAsync(_bed.Olena, Token)).Unread);
    }

    [Fact]
    public async Task WhoeverLostTheLeadBeforeItWasTold_IsNotTold()
    {
        await _bed.CommentAsync(_bed.Nina, _lead);
        await TransferAsync(_bed.Taras.UserId);
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.LeadTaken], (await _bed.StoredAsync(_bed.Olena)).Select(row => row.Kind));
    }

    [Fact]
    public async Task Pool_IsToldToOtherManagers_UntilSomebodyTakesTheLead()
    {
        await TransferAsync(null);
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.PoolLead], await _bed.KindsAsync(_bed.Mark));
        Assert.Empty(await _bed.StoredAsync(_bed.Nina));
        Assert.Empty(await _bed.StoredAsync(_bed.Taras));

        await TransferAsync(_bed.Taras.UserId);

        Assert.Empty(await _bed.NoticesAsync(_bed.Mark));
        Assert.Equal(0, (await _bed.Get<NotificationQueries>().BellAsync(_bed.Mark, Token)).Unread);
    }

    [Fact]
    public async Task ManyLeadsOfOneAct_AreOneNotification()
    {
        for (var number = 2; number <= 12; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
        }

        await _bed.Get<LeadHandOver>()
            .GiveAllAsync(_bed.Ada, _bed.Olena.UserId, _bed.Taras.UserId, "Відпустка", null, Token);
        await _bed.NotifyAsync(Token);

        var told = Assert.Single(await _bed.NoticesAsync(_bed.Taras));
        Assert.Equal((NotificationKind.LeadAssigned, 12, null), (told.Kind, told.Facts.Count, told.LeadId));
    }

    [Fact]
    public async Task Requests_AreToldToTheTeamsManager_AndDecisionsToTheAgent()
    {
        await SecurityAsync(SecurityEventKind.VerificationAsked, _bed.Olena.UserId);
        await SecurityAsync(SecurityEventKind.VerificationDecided, _bed.Nina.UserId, ("decision", "MoreAsked"));
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.VerificationAsked], await _bed.KindsAsync(_bed.Nina));
        Assert.Empty(await _bed.StoredAsync(_bed.Mark));
        Assert.Empty(await _bed.StoredAsync(_bed.Ada));
        var told = Assert.Single(await _bed.NoticesAsync(_bed.Olena));
        Assert.Equal(VerificationState.MoreAsked, told.Facts.Decision);
    }

    [Fact]
    public async Task Again_WithThePlaceLost_AndByMany_IsToldOnce()
    {
        await _bed.CommentAsync(_bed.Nina, _lead);
        var maker = _bed.Get<NotificationMaker>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => maker.MakeAllAsync(Token)));
        await _bed.NotifyAsync(Token);

        // As after a restore of an older state of the place alone.
        await ExecuteAsync("UPDATE notification_cursor SET read_below = '0'");
        await _bed.NotifyAsync(Token);

        Assert.Single(await _bed.StoredAsync(_bed.Olena));
    }

    [Fact]
    public async Task LateCommit_WithALowerId_IsToldAfterIt_AndOnce()
    {
        await _bed.NotifyAsync(Token);
        await using var late = new NpgsqlConnection(_bed.ConnectionString);
        await late.OpenAsync(Token);
        await using var transaction = await late.BeginTransactionAsync(Token);
        await using var insert = new NpgsqlCommand(
            $"""
            INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_name, changes, agent_id)
            VALUES ('{_lead}', {(int)LeadEventKind.ConflictKept}, 2, '{_bed.Time.GetUtcNow():O}', 'HubSpot', '[]',
                '{_bed.Olena.UserId}')
            """,
            late,
            transaction
        );
        await insert.ExecuteNonQueryAsync(Token);
        await _bed.CommentAsync(_bed.Nina, _lead);

        // The comment has committed, but an earlier transaction still runs: reading past it would lose its event.
        Assert.False(await _bed.Get<NotificationMaker>().MakeAllAsync(Token));
        Assert.Empty(await _bed.StoredAsync(_bed.Olena));

        await transaction.CommitAsync(Token);
        await _bed.NotifyAsync(Token);

        Assert.Equal(
            [NotificationKind.CommentAdded, NotificationKind.ConflictKept],
            (await _bed.StoredAsync(_bed.Olena)).Select(row => row.Kind).Order()
        );
    }

    [Fact]
    public async Task RestoredOnAnotherServer_WhereTransactionsCountAnew_GoesOn()
    {
        await _bed.CommentAsync(_bed.Nina, _lead);
        await _bed.NotifyAsync(Token);
        await ExecuteAsync("UPDATE notification_cursor SET read_below = '9000000000'");

        await _bed.CommentAsync(_bed.Nina, _lead);
        await _bed.NotifyAsync(Token);

        Assert.Equal(2, (await _bed.StoredAsync(_bed.Olena)).Count);
    }

    [Fact]
    public async Task WhatIsOld_AndWhatWasImported_IsNoNews()
    {
        await _bed.NotifyAsync(Token);
        await _bed.CommentAsync(_bed.Nina, _lead);
        await RecordAsync(LeadEventKind.StageChanged, origin: ChangeOrigin.Import);
        _bed.Time.Advance(NotificationMaker.News + TimeSpan.FromMinutes(1));
        await RecordAsync(LeadEventKind.CommentAdded, origin: ChangeOrigin.Import);
        await _bed.NotifyAsync(Token);

        Assert.Empty(await _bed.StoredAsync(_bed.Olena));
    }

    [Fact]
    public async Task WhoeverIsSwitchedOff_IsNotTold()
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                    (await db.Users.SingleAsync(row => row.Id == _bed.Olena.UserId, token)).IsActive = false,
                Token
            );
        await _bed.CommentAsync(_bed.Nina, _lead);
        await _bed.NotifyAsync(Token);

        Assert.Empty(await _bed.StoredAsync(_bed.Olena));
    }

    [Fact]
    public async Task Mentioned_IsToldOnce_AndOnlyToWhoeverSeesTheLead()
    {
        var comment = new Comment
        {
            LeadId = _lead,
            AuthorId = _bed.Nina.UserId,
            AuthorName = _bed.Nina.Name,
            Body = "@Олена, @James",
            Origin = ChangeOrigin.Portal,
            CreatedAt = _bed.Time.GetUtcNow(),
        };
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    db.Comments.Add(comment);
                    var lead = await db.Leads.SingleAsync(row => row.Id == _lead, token);
                    new LeadRecorder(_bed.Nina, ChangeOrigin.Portal, comment.CreatedAt).Record(
                        db,
                        lead,
                        LeadEventKind.CommentAdded,
                        [],
                        comment.Id
                    );
                    foreach (var person in new[] { _bed.Olena, _bed.James, _bed.Nina, _bed.Olena })
                    {
                        await _bed.Get<Mentions>().TellAsync(db, _bed.Nina, person.UserId, comment, token);
                        await db.SaveChangesAsync(token);
                    }
                },
                Token
            );
        await _bed.NotifyAsync(Token);

        var told = Assert.Single(await _bed.NoticesAsync(_bed.Olena));
        Assert.Equal((NotificationKind.Mentioned, comment.Body), (told.Kind, told.Excerpt));
        Assert.Empty(await _bed.StoredAsync(_bed.James));
        Assert.Empty(await _bed.StoredAsync(_bed.Nina));
    }

    private async Task MoveAsync(Domain.People.Actor by) =>
        await _bed.Get<LeadService>().MoveAsync(by, _lead, await _bed.StageAsync(LeadStatus.Contacted), null, Token);

    private Task TransferAsync(Guid? to) => _bed.Get<LeadService>().TransferAsync(_bed.Nina, _lead, to, null, Token);

    private Task RecordAsync(LeadEventKind kind, Guid? subject = null, ChangeOrigin origin = ChangeOrigin.HubSpot) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                    new LeadRecorder(Domain.People.Actor.System, origin, _bed.Time.GetUtcNow())
                    {
                        ActorName = LeadRecorder.HubSpot,
                    }.Record(db, await db.Leads.SingleAsync(row => row.Id == _lead, token), kind, [], subject),
                Token
            );

    private Task SecurityAsync(SecurityEventKind kind, Guid by, params (string, string?)[] details)
    {
        var actor = new[] { _bed.Olena, _bed.Nina }.Single(person => person.UserId == by);
        return new SecurityLog(_bed.Get<HubDatabase>(), _bed.Time).RecordAsync(
            kind,
            actor,
            _bed.Olena.UserId,
            Token,
            details
        );
    }

#pragma warning disable EF1002 // The test's own text.
    private Task ExecuteAsync(string sql) => _bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));
#pragma warning restore EF1002
}
