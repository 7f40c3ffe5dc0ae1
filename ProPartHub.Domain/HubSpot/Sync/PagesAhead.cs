using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Pages that are read in the background, ahead of the step that takes them in, several types side by side. So HubSpot's
/// answers overlap with each other and with the storing, and no step ever waits for a page's place in the limiter: it takes
/// what is there, or goes on with other things until it is woken. Owned by the round, which alone calls this.
/// </summary>
internal sealed class PagesAhead(SyncSession session, RecordPages pages, Action arrived) : IAsyncDisposable
{
    private readonly Dictionary<string, PageStream> _streams = [];

    /// <summary>True while backfill has to wait for the account's next day: nothing new is begun then.</summary>
    public bool IsHeld => session.Monitor.Limiter?.BackfillHeldUntil is not null;

    /// <summary>Reads a type from a cursor on, if that is not under way.</summary>
    /// <param name="type">Of <see cref="RecordPages.Types"/>, or contacts.</param>
    /// <param name="after">Where the next page begins; what was read from elsewhere is dropped.</param>
    /// <param name="isCounted">Whether the first page shall tell how many records of the type there are.</param>
    public async Task OpenAsync(string type, string? after, bool isCounted = false)
    {
        if (_streams.TryGetValue(type, out var stream) && stream.From != after)
        {
            await CloseAsync(type);
            stream = null;
        }

        if (stream is null && !IsHeld)
        {
            // Watched before the first page is begun, so that no exchange goes unseen in between.
            session.Exchanged.IsWatched = true;
            stream = new PageStream(pages, type, after, isCounted, session.Exchanged.Mark, arrived);
            _streams.Add(type, stream);
        }

        stream?.ReadOn();
    }

    /// <summary>The next page of a type, if it is there. It stays until <see cref="TakenAsync"/>. Waits for nothing.</summary>
    /// <exception cref="HubSpotException">The page could not be read; it is read again after the next opening.</exception>
    public async Task<PageRead?> NextAsync(string type)
    {
        if (!_streams.TryGetValue(type, out var stream))
        {
            return null;
        }

        try
        {
            if (await stream.PeekAsync() is not { } page)
            {
                return null;
            }

            if (AsksAsNow(page))
            {
                return page;
            }
        }
        catch
        {
            await CloseAsync(type);
            throw;
        }

        await CloseAsync(type);
        return null;
    }

    /// <summary>The page was taken in; the place it leaves is filled.</summary>
    public async Task TakenAsync(PageRead page)
    {
        if (page.Next is null)
        {
            await CloseAsync(page.Start.Type);
        }
        else if (_streams.TryGetValue(page.Start.Type, out var stream))
        {
            stream.Advance(page);
        }

        if (_streams.Count > 0)
        {
            session.Exchanged.ForgetUntil(_streams.Values.Min(one => one.OldestMark));
        }
    }

    /// <summary>Drops everything that was read ahead and ends what is under way.</summary>
    public async Task ForgetAsync()
    {
        foreach (var type in _streams.Keys.ToList())
        {
            await CloseAsync(type);
        }
    }

    /// <summary>Waits until nothing is on its way any more.</summary>
    /// <returns>True when anything is there to be taken.</returns>
    public async Task<bool> SettleAsync()
    {
        foreach (var stream in _streams.Values)
        {
            await stream.SettleAsync();
        }

        return _streams.Count > 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ForgetAsync();

    // A property that came into the mapping meanwhile is not in the page, and would be taken for blank.
    private bool AsksAsNow(PageRead page) =>
        page.Start.Map == session.Map
        || (
            page.Start.Map.DealProperties.SequenceEqual(session.Map.DealProperties)
            && page.Start.Map.ContactProperties.SequenceEqual(session.Map.ContactProperties)
            && page.Start.Map.MirrorProperties.SequenceEqual(session.Map.MirrorProperties)
        );

    private async Task CloseAsync(string type)
    {
        if (_streams.Remove(type, out var stream))
        {
            await stream.DisposeAsync();
        }

        session.Exchanged.IsWatched = _streams.Count > 0;
    }
}
