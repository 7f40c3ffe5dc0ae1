using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Live;

/// <summary>Two instances over one PostgreSQL: each shows who has a lead open at the other.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private HubBed _bed = null!;
    private PresenceInstance _here = null!;
    private PresenceInstance _there = null!;
    private Guid _lead;
    private DateTimeOffset _heardAt;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Cancel);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        _here = await PresenceInstance.StartAsync(_bed, _time, Cancel);
        _there = await PresenceInstance.StartAsync(_bed, _time, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task Visit_IsSeenOnEveryInstance_ByThoseAloneWhoSeeTheLead_AndSaysGoodbye()
    {
        using (_here.Visits.Enter(_bed.Olena, _lead))
        {
            await UntilAsync(() => See(_there, _bed.Nina).Count == 1 && See(_here, _bed.Nina).Count == 1);
            Assert.Equal(
                new PresenceMark(_bed.Olena.UserId, PresenceActivity.Looking, null),
                See(_there, _bed.Nina)[0]
            );
            Assert.Single(See(_there, _bed.Ada));
            Assert.Empty(See(_there, _bed.Mark));
            Assert.Empty(See(_there, _bed.James));
            Assert.Empty(See(_there, _bed.Taras));
            Assert.Empty(See(_there, _bed.Olena));
        }

        await UntilAsync(() => See(_there, _bed.Nina).Count == 0 && See(_here, _bed.Nina).Count == 0);
    }

    [Fact]
    public async Task TypingAndEditing_AreTold_AndTypingEndsByItself()
    {
        using var visit = _here.Visits.Enter(_bed.Nina, _lead)!;

        visit.Edit(LeadField.Email);
        await UntilAsync(() => Is(PresenceActivity.Editing, LeadField.Email));
        visit.Type();
        await UntilAsync(() => Is(PresenceActivity.Commenting, null));

        // Nothing is said of it by anybody: the clock alone.
        await UntilAsync(() => Is(PresenceActivity.Editing, LeadField.Email));
        visit.StopEditing();
        await UntilAsync(() => Is(PresenceActivity.Looking, null));

        bool Is(PresenceActivity activity, LeadField? field) =>
            See(_there, _bed.Olena) is [var mark] && mark == new PresenceMark(_bed.Nina.UserId, activity, field);
    }

    [Fact]
    public async Task VisitThatLivesOn_IsBelievedIn_OneThatDied_Expires()
    {
        using var living = _here.Visits.Enter(_bed.Nina, _lead)!;
        using var dying = _here.Visits.Enter(_bed.Ada, _lead)!;
        await UntilAsync(() => See(_there, _bed.Olena).Count == 2);
        await using var listener = await ListenAsync(() => _heardAt = _time.GetUtcNow());
        var since = _heardAt = _time.GetUtcNow();

        dying.SetAway(true);
        await BeatingAsync(listener, () => See(_there, _bed.Olena).Count == 1);

        Assert.Equal(_bed.Nina.UserId, See(_there, _bed.Olena)[0].UserId);
        Assert.True(_time.GetUtcNow() - since >= PresenceRoom.Lifetime - PresenceAnnouncer.Beat);

        // Long past its time, had it not been told of again and again.
        var later = _time.GetUtcNow() + (2 * PresenceRoom.Lifetime);
        await BeatingAsync(listener, () => _time.GetUtcNow() > later);
        Assert.Single(See(_there, _bed.Olena));

        dying.SetAway(false);
        await BeatingAsync(listener, () => See(_there, _bed.Olena).Count == 2);
    }

    [Fact]
    public async Task HeartbeatThatChangesNothing_CallsNobody()
    {
        using var visit = _here.Visits.Enter(_bed.Nina, _lead)!;
        await UntilAsync(() => See(_there, _bed.Olena).Count == 1);
        var calls = 0;
        using var reader = _there.Room.Join(_bed.Olena, _ => Interlocked.Increment(ref calls));
        var heard = 0;
        await using var listener = await ListenAsync(() => heard++);

        await UntilAsync(() =>
        {
            listener.Wait(1);
            return heard >= 3;
        });
        Assert.Equal(0, calls);

        visit.Type();
        await UntilAsync(() => calls == 1);
    }

    [Fact]
    public async Task AdminInViewAs_IsNowhere_NeitherAsOneselfNorAsTheAgent()
    {
        var looking = _bed.Olena with { ViewerId = _bed.Ada.UserId, ViewerName = _bed.Ada.Name };

        Assert.Null(_here.Visits.Enter(looking, _lead));
        using var witness = _here.Visits.Enter(_bed.Mark, (await _bed.LeadAsync(_bed.James, 2)).Id);
        await UntilAsync(() => _there.Room.Count == 1);

        Assert.Empty(See(_there, _bed.Nina));
    }

    [Fact]
    public async Task WhoeverMayNotSeeTheLead_IsNotTold_AndAHandOverTakesPeopleAway()
    {
        using var intruder = _here.Visits.Enter(_bed.James, _lead);
        using var agent = _here.Visits.Enter(_bed.Olena, _lead);
        await UntilAsync(() => See(_there, _bed.Ada).Count == 1);
        Assert.Equal(_bed.Olena.UserId, See(_there, _bed.Ada)[0].UserId);

        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, _lead, _bed.James.UserId, null, Cancel);

        await UntilAsync(() => See(_there, _bed.Ada) is [var mark] && mark.UserId == _bed.James.UserId);
        Assert.Empty(See(_there, _bed.Nina));
        Assert.Single(See(_there, _bed.Mark));
    }

    [Fact]
    public async Task InstanceThatStops_SaysGoodbyeForAll()
    {
        using var one = _here.Visits.Enter(_bed.Nina, _lead);
        using var other = _here.Visits.Enter(_bed.Ada, _lead);
        await UntilAsync(() => See(_there, _bed.Olena).Count == 2);

        await _here.StopSpeakingAsync();

        await Eventually.IsAsync(() => See(_there, _bed.Olena).Count == 0, Cancel);
    }

    [Fact]
    public async Task ManyVisits_GoIntoPayloadsThatPostgreSqlTakes()
    {
        var visits = Enumerable.Range(0, 200).Select(_ => _here.Visits.Enter(_bed.Nina, _lead)!).ToList();
        visits.ForEach(visit => visit.Edit(LeadField.RefusalReason));

        await UntilAsync(() => _there.Room.Count == 200);

        Assert.Single(See(_there, _bed.Olena));
        visits.ForEach(visit => visit.Dispose());
        await UntilAsync(() => _there.Room.Count == 0);
    }

    private IReadOnlyList<PresenceMark> See(PresenceInstance instance, Actor actor) =>
        instance.Room.Of(actor, [_lead]).GetValueOrDefault(_lead, []);

    // The clock waits for a beat that is due: a busy machine must not make a living visit silent.
    private Task BeatingAsync(NpgsqlConnection listener, Func<bool> isTrue) =>
        Eventually.IsAsync(
            () =>
            {
                while (listener.Wait(1)) { }

                return isTrue();
            },
            () =>
            {
                if (_time.GetUtcNow() - _heardAt < PresenceAnnouncer.Beat + TimeSpan.FromSeconds(5))
                {
                    _time.Advance(PresenceAnnouncer.Window / 2);
                }
            },
            Cancel
        );

    private Task UntilAsync(Func<bool> isTrue) =>
        Eventually.IsAsync(isTrue, () => _time.Advance(PresenceAnnouncer.Window / 2), Cancel);

    private async Task<NpgsqlConnection> ListenAsync(Action hear)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_bed.ConnectionString) { Pooling = false }.ConnectionString
        );
        connection.Notification += (_, _) => hear();
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"LISTEN {PresenceNote.Channel}", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
