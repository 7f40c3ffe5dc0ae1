using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What every step of the sync works with while this instance holds the lease: the client, the mapping as last read, and
/// a way to write that fails once another instance has taken over.
/// </summary>
internal sealed class SyncSession(
    HubSpotClient client,
    HubDatabase database,
    TimeProvider time,
    SyncOptions options,
    SyncMonitor monitor,
    long fence
)
{
    public HubSpotClient Client => client;

    public TimeProvider Time => time;

    public SyncOptions Options => options;

    public SyncMonitor Monitor => monitor;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>For what is to be done again after a while, whatever the clock says then.</summary>
    public TimeSpan Steady => time.Steady();

    /// <summary>The account's mapping; read again from time to time.</summary>
    public LeadMap Map { get; set; } = null!;

    /// <summary>Parts of the exchange that an admin turned off, as read at the start of the round.</summary>
    public SyncPart Off { get; set; }

    /// <summary>What was exchanged while pages are read ahead.</summary>
    public ExchangedRecords Exchanged { get; } = new();

    /// <summary>True when all of these parts are on.</summary>
    public bool IsOn(SyncPart parts) => (Off & parts) is SyncPart.None;

    public Task<HubDbContext> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(cancellationToken);

    /// <summary>
    /// A transaction as <see cref="HubDatabase.InTransactionAsync{T}"/>, refused when a newer holder has raised the fence.
    /// The account's row stays locked for reading until commit, so that the fence cannot be raised in between.
    /// </summary>
    /// <exception cref="SyncFencedException">Another instance holds the lease.</exception>
    public Task<T> WriteAsync<T>(
        Func<HubDbContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var present = await db
                    .Database.SqlQuery<long>($"SELECT fence AS \"Value\" FROM hubspot_account FOR SHARE")
                    .ToListAsync(token);
                return present is [var only] && only == fence ? await work(db, token) : throw new SyncFencedException();
            },
            cancellationToken
        );

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<HubDbContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Writes down what HubSpot's people did.</summary>
    /// <param name="at">When they did it (UTC); a clock that runs ahead of ours counts as now.</param>
    /// <param name="origin">Import or HubSpot.</param>
    public Leads.LeadRecorder Recorder(DateTimeOffset? at, ChangeOrigin origin = ChangeOrigin.HubSpot) =>
        new(Actor.System, origin, at < Now ? at.Value : Now) { ActorName = Leads.LeadRecorder.HubSpot };
}
