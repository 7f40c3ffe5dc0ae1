using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// Reads contacts again that HubSpot told of, a batch at a time and in the background: they stand in line behind everybody,
/// and no step may wait for them. Owned by the round, which alone calls this.
/// </summary>
internal sealed class ContactReader(SyncSession session, Action arrived) : IAsyncDisposable
{
    private CancellationTokenSource? _end;
    private Task<ContactsRead>? _reading;

    /// <summary>True while a batch is on its way or waits to be taken in.</summary>
    public bool IsBusy => _reading is not null;

    /// <summary>Begins to read a batch.</summary>
    public void Begin(IReadOnlyList<ContactReading> due)
    {
        _end = new CancellationTokenSource();
        var (properties, token) = (session.Map.MirrorProperties, _end.Token);
        _reading = Task.Run(() => ReadAsync(due, properties, token), CancellationToken.None);
        _ = TellAsync(_reading);
    }

    /// <summary>The batch, once it is there; it is handed out once. Waits for nothing.</summary>
    /// <exception cref="HubSpotException">It could not be read; its contacts are still due.</exception>
    public async Task<ContactsRead?> TakeAsync()
    {
        if (_reading is not { IsCompleted: true } read)
        {
            return null;
        }

        _reading = null;
        return await read;
    }

    /// <summary>Waits until nothing is on its way any more.</summary>
    /// <returns>True when a batch is there to be taken in.</returns>
    public async Task<bool> SettleAsync()
    {
        if (_reading is { } reading)
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return IsBusy;
    }

    /// <summary>Drops what was read or is on its way.</summary>
    public async Task ForgetAsync()
    {
        if (_end is { } end)
        {
            await end.CancelAsync();
            await SettleAsync();
            end.Dispose();
        }

        (_end, _reading) = (null, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ForgetAsync();

    private async Task<ContactsRead> ReadAsync(
        IReadOnlyList<ContactReading> due,
        IReadOnlyList<string> properties,
        CancellationToken cancellationToken
    )
    {
        var live = await session.Client.ReadBatchAsync(
            HubSpotObjectTypes.Contacts,
            [.. due.Select(row => row.ContactId)],
            properties,
            HubSpotPriority.Backfill,
            cancellationToken: cancellationToken
        );
        if (live.Missing.Count == 0)
        {
            return new ContactsRead(due, live, [], []);
        }

        // In the recycle bin it may be restored from there; what is not even there was erased for good.
        var bin = await session.Client.ReadBatchAsync(
            HubSpotObjectTypes.Contacts,
            [.. live.Missing],
            properties,
            HubSpotPriority.Backfill,
            archived: true,
            cancellationToken: cancellationToken
        );
        return new ContactsRead(due, live, [.. bin.Found.Values.DistinctBy(record => record.Id)], bin.Missing);
    }

    private async Task TellAsync(Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        arrived();
    }
}

/// <summary>A batch of contacts that was read again.</summary>
/// <param name="Due">What was asked for.</param>
/// <param name="Live">What is there.</param>
/// <param name="Binned">What lies in the recycle bin.</param>
/// <param name="Gone">Ids that HubSpot knows no more.</param>
internal sealed record ContactsRead(
    IReadOnlyList<ContactReading> Due,
    HubSpotBatchRead Live,
    IReadOnlyList<HubSpotObject> Binned,
    IReadOnlyCollection<string> Gone
);
