using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Documents;
using ProPartHub.Tests.Import;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Knowledge;
using Xunit;

namespace ProPartHub.Tests.Live;

public sealed class FeedListenerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly FeedStatus _status;
    private readonly LeadFeed _feed;
    private readonly ConcurrentQueue<FeedBatch> _olena = new();
    private readonly ConcurrentQueue<FeedBatch> _james = new();
    private readonly List<IAsyncDisposable> _open = [];
    private readonly AgencySignal _agency = new();
    private readonly SharedGenerations _generations = new();
    private HubBed _bed = null!;

    public FeedListenerTests()
    {
        _status = new FeedStatus(_time);
        _feed = new LeadFeed(_time, NullLogger<LeadFeed>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open))
        {
            await open.DisposeAsync();
        }

        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task CommittedChange_ReachesThoseWhoMaySeeIt()
    {
        await ListenAsync(_bed.ConnectionString);

        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await UntilAsync(() => _olena.Any(batch => Tells(batch, lead.Id, LeadEventKind.Created)));
        Assert.Empty(_james);
        Assert.NotNull(_status.Current.LastMessageAt);
    }

    [Fact]
    public async Task WhatTheAgencySetsOrDecides_IsToldByTopic()
    {
        await _bed.LeadAsync(_bed.James, 1);
        await ListenAsync(_bed.ConnectionString);
        var heard = new ConcurrentQueue<AgencyTopic>();
        foreach (var topic in Enum.GetValues<AgencyTopic>())
        {
            _agency.Join(topic, () => heard.Enqueue(topic));
        }

        var id = Guid.CreateVersion7();
        await _bed.Get<ClaimRequests>().AskAsync(_bed.Olena, id, HubBed.Input(1).Phone, "Прошу", Cancel);
        await _bed.Get<ServiceLevelAdmin>().SaveAsync(_bed.Ada, id, null, new() { Name = "Швидко" }, Cancel);
        await _bed.Get<AssignmentRules>()
            .SaveAsync(_bed.Ada, id, null, new() { Name = "Усе", Target = AssignmentTarget.Pool }, Cancel);
        var day = new DateOnly(2026, 12, 1);
        await _bed.Get<Availability>().AddAbsenceAsync(_bed.Olena, _bed.Olena.UserId, id, day, day, Cancel);
        await _bed.Get<MessageTemplates>()
            .SaveAsync(_bed.Olena, id, null, new() { Name = "Вітання", BodyUk = "Вітаю" }, Cancel);
        await _bed.Get<QuietRules>().SaveRuleAsync(_bed.Ada, new(), new() { Days = 9 }, Cancel);
        var lead = await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.OfferAsync();
        await _bed.DocumentAsync(lead.Id);
        await AddAsync(new MirroredContact { Id = "1", Number = 1 });
        var (article, _) = await _bed.PublishedAsync();
        await _bed.Get<ArticleReadings>().ConfirmAsync(_bed.Olena, article, 1, Cancel);
        await new ImportBed(_bed).BeginAsync(_bed.Nina, "Name,Phone\nNew,0501234567\n");
        await AddAsync(
            new BackupRun
            {
                ByName = "Ada",
                Kind = BackupRunKind.Backup,
                AskedAt = _bed.Time.GetUtcNow(),
            }
        );

        await ExecuteAsync("UPDATE stages SET label = label");
        await _bed.Get<TagService>().SaveAsync(_bed.Nina, Guid.CreateVersion7(), "VIP", TagColour.Red, Cancel);
        await ExecuteAsync("UPDATE users SET display_name = display_name");

        // An article is begun and published, each for itself.
        await UntilAsync(() => heard.Distinct().Count() == Enum.GetValues<AgencyTopic>().Length);
        Assert.Equal(Enum.GetValues<AgencyTopic>(), heard.Distinct());
    }

    private Task AddAsync(object row) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Add(row);
                    return Task.CompletedTask;
                },
                Cancel
            );

    [Fact]
    public async Task HandOver_TellsOneThatItLeftAndTheOtherThatItCame()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await ListenAsync(_bed.ConnectionString);

        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, lead.Id, _bed.James.UserId, null, Cancel);

        await UntilAsync(() => _james.Any(batch => Tells(batch, lead.Id, LeadEventKind.Transferred)));
        await UntilAsync(() => !_olena.IsEmpty);
        var change = Assert.Single(Assert.Single(_olena).Changes);
        Assert.True(change.HasLeft);
        Assert.Empty(change.Kinds);
    }

    [Theory]
    [InlineData(HubDatabase.LargestFanOut, false)]
    [InlineData(HubDatabase.LargestFanOut + 1, true)]
    public async Task BulkChange_IsOneRefreshAboveTheLimit(int events, bool mustRefresh)
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await ListenAsync(_bed.ConnectionString);

        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    for (var number = 0; number < events; number++)
                    {
                        db.LeadEvents.Add(Edit(lead.Id));
                    }

                    return Task.CompletedTask;
                },
                Cancel
            );

        await UntilAsync(() => !_olena.IsEmpty);
        Assert.All(_olena, batch => Assert.Equal(mustRefresh, batch.MustRefresh));
        // James is told nothing of single changes, and of a bulk change only that something may have changed.
        Assert.Equal(mustRefresh, !_james.IsEmpty);
    }

    [Fact]
    public async Task KilledConnection_ComesBack_AndTellsEveryoneToReadAgain()
    {
        await ListenAsync(_bed.ConnectionString);

        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND application_name = 'ProPart Hub feed'"
        );

        await UntilAsync(() => _status.Current is { IsConnected: true, Losses: 1 });
        await UntilAsync(() => _olena.Any(batch => batch.MustRefresh) && _james.Any(batch => batch.MustRefresh));
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await UntilAsync(() => _olena.Any(batch => Tells(batch, lead.Id, LeadEventKind.Created)));
    }

    [Fact]
    public async Task ConnectionThatOnlyLooksAlive_IsFoundByTheHeartbeat()
    {
        await using var wire = new SilentWire(_bed.ConnectionString);
        await ListenAsync(wire.ConnectionString);
        var states = new ConcurrentQueue<bool>();
        _status.Changed += state => states.Enqueue(state.IsConnected);

        wire.GoDead();
        await _bed.LeadAsync(_bed.Olena, 1);
        wire.Mend();
        await Eventually.IsAsync(() => states.Count == 2, () => _time.Advance(TimeSpan.FromSeconds(1)), Cancel);

        Assert.Equal([false, true], states);
        await UntilAsync(() => _olena.Any(batch => batch.MustRefresh));
        Assert.DoesNotContain(_olena, batch => batch.Changes.Count > 0);
    }

    [Fact]
    public async Task LivingConnection_OutlivesManyHeartbeats()
    {
        await ListenAsync(_bed.ConnectionString);
        var since = _status.Current.ConnectedSince;
        for (var beat = 0; beat < 5; beat++)
        {
            _time.Advance(FeedListener.Heartbeat);
            await _bed.LeadAsync(_bed.Olena, beat);
            await UntilAsync(() => _olena.Count > beat);
        }

        Assert.Equal(since, _status.Current.ConnectedSince);
        Assert.Equal(0, _status.Current.Losses);
    }

    [Fact]
    public async Task UnreadableMessage_MakesEveryoneReadAgain()
    {
        await ListenAsync(_bed.ConnectionString);

        await ExecuteAsync($"SELECT pg_notify('{FeedMessage.Channel}', 'hello')");

        await UntilAsync(() => _olena.Any(batch => batch.MustRefresh));
        Assert.True(_status.Current.IsConnected);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsTriedAgain_UntilStopped()
    {
        var missing = new NpgsqlConnectionStringBuilder(_bed.ConnectionString) { Database = "nowhere" };
        using var listener = Listener(missing.ConnectionString);
        await listener.StartAsync(Cancel);

        await UntilAsync(() => _status.Current.LostSince is not null);
        await listener.StopAsync(Cancel);

        Assert.Equal(0, _status.Current.Losses);
        Assert.True(listener.ExecuteTask!.IsCompletedSuccessfully);
    }

    private async Task ListenAsync(string connectionString)
    {
        var listener = Listener(connectionString);
        await listener.StartAsync(Cancel);
        _open.Add(new Stopper(listener));
        await UntilAsync(() => _status.Current.IsConnected);
        // The refresh of the first connection went to nobody: the readers come after it.
        _open.Add(_feed.Start(_bed.Olena, batch => Keep(_olena, batch)));
        _open.Add(_feed.Start(_bed.James, batch => Keep(_james, batch)));
    }

    private FeedListener Listener(string connectionString) =>
        new(
            new FeedConnection(connectionString),
            _feed,
            new SessionEnds(_time),
            new NotificationSignal(),
            _agency,
            _generations,
            new ProPartHub.Domain.Live.Presence.PresenceRoom(_time),
            _status,
            _time,
            NullLogger<FeedListener>.Instance
        );

    private static Task Keep(ConcurrentQueue<FeedBatch> batches, FeedBatch batch)
    {
        batches.Enqueue(batch);
        return Task.CompletedTask;
    }

    // Small steps: the clock must not run far ahead of a busy machine, or a living server seems not to answer.
    private Task UntilAsync(Func<bool> isTrue) =>
        Eventually.IsAsync(isTrue, () => _time.Advance(FeedSubscription.Window / 10), Cancel);

    private static bool Tells(FeedBatch batch, Guid leadId, LeadEventKind kind) =>
        batch.Changes.Any(change => change.LeadId == leadId && !change.HasLeft && change.Kinds.Contains(kind));

    private LeadEvent Edit(Guid leadId) =>
        new()
        {
            LeadId = leadId,
            Kind = LeadEventKind.Edited,
            Origin = ChangeOrigin.Portal,
            OccurredAt = _bed.Time.GetUtcNow(),
            ActorName = _bed.Olena.Name,
            AgentId = _bed.Olena.UserId,
            TeamId = _bed.Olena.TeamId,
        };

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_bed.ConnectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed class Stopper(FeedListener listener) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }
    }
}
