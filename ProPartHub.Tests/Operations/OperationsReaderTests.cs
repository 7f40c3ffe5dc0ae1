using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>What waits, as the database has it.</summary>
public sealed class OperationsReaderTests : IAsyncLifetime
{
    private readonly SyncMonitor _sync = new(TimeProvider.System);
    private HubBed _bed = null!;
    private OperationsReader _reader = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _bed.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _reader = new OperationsReader(
            _bed.Get<HubDatabase>(),
            _bed.Get<BackupShelf>(),
            _bed.Get<BackupPlan>(),
            _sync,
            Options.Create(new HubFileOptions { Folder = Path.GetTempPath() }),
            _bed.Time
        );
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task EachQueue_TellsHowManyWait_AndSinceWhen()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await ForgetEventsAsync();
        await FillAsync(lead.Id);
        _bed.Sql.Reset();

        var queues = (await _reader.ReadAsync(TimeSpan.Zero, Token)).Queues;

        Assert.Equal(Enum.GetValues<QueueName>(), queues.Select(queue => queue.Queue));
        Assert.Single(_bed.Sql.Commands, sql => sql.Contains("UNION ALL", StringComparison.Ordinal));
        var ages = queues.ToDictionary(
            queue => queue.Queue,
            queue => (queue.Depth, Minutes: (int)queue.AgeAt(Now).TotalMinutes)
        );
        Assert.Equal((1, 20), ages[QueueName.Pushes]);
        Assert.Equal((1, 30), ages[QueueName.Parked]);
        Assert.Equal((2, 40), ages[QueueName.Webhooks]);
        Assert.Equal((1, 50), ages[QueueName.Mails]);
        Assert.Equal((1, 60), ages[QueueName.NotificationMails]);
        Assert.Equal((1, 70), ages[QueueName.Imports]);
        Assert.Equal((1, 80), ages[QueueName.BulkActs]);
        Assert.Equal((1, 90), ages[QueueName.Backups]);
        // What was written just now in filling them is neither told nor sealed.
        Assert.Equal((1, 100), ages[QueueName.Audit]);
        Assert.Equal((1, 100), ages[QueueName.Notifications]);
        Assert.Equal(0, ages[QueueName.FormerFiles].Depth);
    }

    [Fact]
    public async Task WhatIsDone_OrDueLater_DoesNotWait()
    {
        await FillAsync((await _bed.LeadAsync(_bed.Olena, 1)).Id);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    await db.Outbox.ExecuteDeleteAsync(token);
                    await db.WebhookEvents.ExecuteUpdateAsync(
                        row => row.SetProperty(each => each.ProcessedAt, Now),
                        token
                    );
                    await db.Mails.ExecuteUpdateAsync(row => row.SetProperty(each => each.SentAt, Now), token);
                    await db.Notifications.ExecuteUpdateAsync(
                        row => row.SetProperty(each => each.MailAt, Now.AddHours(1)),
                        token
                    );
                    await db.LeadImports.ExecuteUpdateAsync(
                        row => row.SetProperty(each => each.DueAt, Now.AddHours(1)),
                        token
                    );
                    await db.BulkActs.ExecuteUpdateAsync(row => row.SetProperty(each => each.FinishedAt, Now), token);
                    await db.BackupRuns.ExecuteUpdateAsync(
                        row => row.SetProperty(each => each.Result, BackupResult.Done),
                        token
                    );
                },
                Token
            );
        await ForgetEventsAsync();

        Assert.All((await _reader.ReadAsync(TimeSpan.Zero, Token)).Queues, queue => Assert.Equal(0, queue.Depth));
    }

    [Fact]
    public async Task Lateness_FollowsEachQueuesPatience_AndPushesWaitForNobodyWhileTheExchangeIsOff()
    {
        await FillAsync((await _bed.LeadAsync(_bed.Olena, 1)).Id);
        await ForgetEventsAsync();
        var off = await _reader.ReadAsync(TimeSpan.Zero, Token);

        Assert.False(off.Exchange.IsSending);
        Assert.Equal(
            [QueueName.Mails, QueueName.NotificationMails, QueueName.Imports, QueueName.BulkActs, QueueName.Backups],
            off.LateAt(Now).Select(queue => queue.Queue)
        );

        await ConnectAsync(SyncPart.None);
        var on = await _reader.ReadAsync(TimeSpan.Zero, Token);
        Assert.True(on.Exchange is { IsSending: true, IsReading: true });
        Assert.Contains(QueueName.Webhooks, on.LateAt(Now).Select(queue => queue.Queue));
        // Twenty minutes of thirty.
        Assert.DoesNotContain(QueueName.Pushes, on.LateAt(Now).Select(queue => queue.Queue));
        Assert.Contains(QueueName.Pushes, on.LateAt(Now.AddMinutes(11)).Select(queue => queue.Queue));
    }

    [Fact]
    public async Task ReadOnlyExchange_SendsNothing()
    {
        await ConnectAsync(SyncPart.Outbound);

        Assert.True((await _reader.ReadAsync(TimeSpan.Zero, Token)).Exchange is { IsSending: false, IsReading: true });
    }

    [Fact]
    public async Task Database_AndBackups_AndAudit_AreRead()
    {
        var whole = await _reader.ReadAsync(TimeSpan.Zero, Token);
        Assert.True(whole.IsAuditIntact);
        Assert.InRange(whole.Database.Size, 1_000_000, long.MaxValue);
        Assert.InRange(whole.Database.Connections, 1, whole.Database.MaxConnections);
        Assert.Equal(0, whole.Database.PendingMigrations);
        Assert.Equal((false, null, false), (whole.Backup.IsOn, whole.Backup.LastGood, whole.Backup.HasFailed));
        var files = Assert.Single(whole.Folders, folder => folder.Folder is HubFolder.Files);
        Assert.InRange(files.Free, 1, files.Size);

        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    await db.AuditSealStates.ExecuteDeleteAsync(token);
                    db.AuditSealStates.Add(new AuditSealState { Fault = "Changed" });
                    db.BackupRuns.AddRange(
                        Ended(BackupResult.Done, Now.AddHours(-2), BackupCheck.Restored),
                        Ended(BackupResult.Failed, Now.AddHours(-1), BackupCheck.None)
                    );
                    await db.Database.ExecuteSqlAsync(
                        $"""
                        DELETE FROM "__EFMigrationsHistory"
                        WHERE migration_id = (SELECT max(migration_id) FROM "__EFMigrationsHistory")
                        """,
                        token
                    );
                },
                Token
            );

        var hurt = await _reader.ReadAsync(TimeSpan.Zero, Token);
        Assert.False(hurt.IsAuditIntact);
        Assert.Equal(1, hurt.Database.PendingMigrations);
        Assert.Equal((Now.AddHours(-2), true), (hurt.Backup.LastGood, hurt.Backup.HasFailed));
    }

    [Fact]
    public async Task ManyWhoAskWithinSeconds_ShareOneReading()
    {
        await _reader.ReadAsync(OperationsDesk.Freshness, Token);
        _bed.Sql.Reset();
        _bed.Time.Advance(OperationsDesk.Freshness - TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _reader.ReadAsync(OperationsDesk.Freshness, Token)));
        Assert.Empty(_bed.Sql.Commands);

        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _reader.ReadAsync(OperationsDesk.Freshness, Token)));
        Assert.Single(_bed.Sql.Commands, sql => sql.Contains("UNION ALL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_LeavesNoOldFigures()
    {
        await _reader.ReadAsync(TimeSpan.Zero, Token);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync((db, token) => db.Database.ExecuteSqlAsync($"DROP TABLE outbox", token), Token);

        await Assert.ThrowsAsync<PostgresException>(() => _reader.ReadAsync(TimeSpan.Zero, Token));
        Assert.Null(_reader.Latest);
    }

    [Fact]
    public async Task Desk_IsForAdminsAlone_AndOpensWithoutTheDatabase()
    {
        var feed = new FeedStatus(_bed.Time);
        var desk = new OperationsDesk(
            _reader,
            feed,
            new LeadFeed(_bed.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<LeadFeed>.Instance),
            _sync,
            new WorkLog(_bed.Time),
            _bed.Time
        );
        foreach (var actor in new[] { _bed.Nina, _bed.Olena })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => desk.ReadAsync(actor, Token));
        }

        Assert.NotNull((await desk.ReadAsync(_bed.Ada, Token)).Snapshot);
        feed.Lost();
        _bed.Sql.Reset();
        _bed.Time.Advance(OperationsDesk.Freshness);
        var away = await desk.ReadAsync(_bed.Ada, Token);
        Assert.Null(away.Snapshot);
        Assert.NotEmpty(away.Process.Version);
        // A dead database is not asked again and again.
        Assert.Empty(_bed.Sql.Commands);
    }

    // So much and so long ago, each in its own queue.
    private Task FillAsync(Guid leadId) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    await db.Outbox.ExecuteDeleteAsync(token);
                    db.Outbox.AddRange(
                        new OutboxEntry
                        {
                            Kind = OutboxKind.Lead,
                            SubjectId = leadId,
                            LeadId = leadId,
                            Since = Ago(20),
                        },
                        new OutboxEntry
                        {
                            Kind = OutboxKind.Comment,
                            SubjectId = Guid.CreateVersion7(),
                            LeadId = leadId,
                            Since = Ago(500),
                            ParkedAt = Ago(30),
                        }
                    );
                    db.WebhookEvents.AddRange(Webhook("a", Ago(40)), Webhook("b", Ago(1)));
                    db.Mails.Add(
                        new OutgoingMail
                        {
                            Address = "olena@example.com",
                            AddressKey = "OLENA@EXAMPLE.COM",
                            Culture = "uk",
                            CreatedAt = Ago(50),
                        }
                    );
                    db.Notifications.Add(
                        new Notification
                        {
                            UserId = _bed.Olena.UserId,
                            Occasion = "test",
                            At = Ago(60),
                            CreatedAt = Ago(60),
                            MailAt = Ago(60),
                        }
                    );
                    db.LeadImports.Add(
                        new LeadImport
                        {
                            ActorId = _bed.Nina.UserId,
                            FileName = "a.csv",
                            State = ImportState.Running,
                            CreatedAt = Ago(70),
                            TouchedAt = Ago(70),
                            DueAt = Ago(70),
                        }
                    );
                    db.BulkActs.Add(
                        new BulkAct
                        {
                            ActorId = _bed.Nina.UserId,
                            CreatedAt = Ago(80),
                            DueAt = Ago(80),
                        }
                    );
                    db.BackupRuns.Add(
                        new BackupRun
                        {
                            ByName = "Ada",
                            Kind = BackupRunKind.Backup,
                            Result = BackupResult.Waiting,
                            AskedAt = Ago(90),
                        }
                    );
                    db.SecurityEvents.Add(
                        new SecurityEvent { Kind = SecurityEventKind.LogInFailed, OccurredAt = Ago(100) }
                    );
                },
                Token
            );

    // As after all of them were sealed and told.
    private Task ForgetEventsAsync() =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var next = await db
                        .Database.SqlQuery<long>($"""SELECT pg_current_xact_id()::text::bigint + 1 AS "Value" """)
                        .SingleAsync(token);
                    await db.AuditSealStates.ExecuteDeleteAsync(token);
                    await db.NotificationCursors.ExecuteDeleteAsync(token);
                    db.AuditSealStates.Add(new AuditSealState { SealedBelow = (ulong)next });
                    db.NotificationCursors.Add(new NotificationCursor { ReadBelow = (ulong)next });
                },
                Token
            );

    private Task ConnectAsync(SyncPart off)
    {
        _sync.Enter(SyncState.Running);
        return _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.HubSpotAccounts.Add(
                        new HubSpotAccount
                        {
                            PortalId = 1,
                            TimeZone = "Europe/Kyiv",
                            BoundAt = Now,
                            SwitchedOff = off,
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
    }

    private DateTimeOffset Ago(int minutes) => Now.AddMinutes(-minutes);

    private static WebhookEvent Webhook(string key, DateTimeOffset at) =>
        new()
        {
            DedupeKey = key,
            Type = "deal.creation",
            Payload = "{}",
            ReceivedAt = at,
        };

    private static BackupRun Ended(BackupResult result, DateTimeOffset at, BackupCheck check) =>
        new()
        {
            ByName = "clock",
            Kind = BackupRunKind.Backup,
            Result = result,
            AskedAt = at,
            StartedAt = at,
            EndedAt = at.AddMinutes(1),
            Check = check,
        };
}
