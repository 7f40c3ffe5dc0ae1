using Npgsql;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>One of two instances has its clock set: whoever has a lead open there is still shown on the other, and no longer after leaving.</summary>
public sealed class PresenceClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly JumpingClock _clock = new();
    private HubBed _bed = null!;
    private PresenceInstance _here = null!;
    private PresenceInstance _there = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        _here = await PresenceInstance.StartAsync(_bed, _clock, Token);
        _there = await PresenceInstance.StartAsync(_bed, _clock, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _bed.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Visit_IsBelievedInWhileItLasts_HoweverTheClockIsSet(int direction)
    {
        var heard = 0;
        await using var listener = await ListenAsync(() => heard++);
        using (_here.Visits.Enter(_bed.Nina, _lead))
        {
            await PassAsync(() => IsThere());

            _clock.Jump(direction * Hour);

            // Long past its time, had it not been told of again and again; the clock waits for a beat that is due.
            for (var beat = 0; beat < 6; beat++)
            {
                var before = heard;
                await PassAsync(() =>
                {
                    Assert.True(IsThere());
                    while (listener.Wait(1)) { }

                    return heard > before;
                });
            }
        }

        await PassAsync(() => !IsThere());

        bool IsThere() => _there.Room.Of(_bed.Olena, [_lead]).Count > 0;
    }

    private Task PassAsync(Func<bool> isTrue) =>
        Eventually.IsAsync(isTrue, () => _clock.Advance(PresenceAnnouncer.Window / 2), Token);

    private async Task<NpgsqlConnection> ListenAsync(Action hear)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_bed.ConnectionString) { Pooling = false }.ConnectionString
        );
        connection.Notification += (_, _) => hear();
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"LISTEN {PresenceNote.Channel}", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}
