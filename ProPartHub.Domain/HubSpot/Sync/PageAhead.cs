using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Reads the next page of a walk while the present one is stored, since a call to HubSpot takes as long as storing a page.
/// What was read ahead is only good while nothing else was exchanged meanwhile: the caller forgets it otherwise, or an edit
/// just sent would be taken back by the value that the page still holds.
/// </summary>
internal sealed class PageAhead(RecordPages pages)
{
    private Reading? _ahead;

    /// <summary>The page that begins there: as read ahead, else read now.</summary>
    /// <param name="type">Object type.</param>
    /// <param name="after">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Ends the waiting; a page that is read ahead keeps its place in line.</param>
    public async Task<HubSpotObjectPage> ReadAsync(string type, string? after, CancellationToken cancellationToken)
    {
        if (_ahead is not { } ahead)
        {
            return await pages.ReadAsync(type, after, cancellationToken);
        }

        if (ahead.Type != type || ahead.After != after || !ahead.Properties.SequenceEqual(pages.PropertiesOf(type)))
        {
            Forget();
            return await pages.ReadAsync(type, after, cancellationToken);
        }

        await ((Task)ahead.Page).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _ahead = null;
        using (ahead.Stop)
        {
            return await ahead.Page;
        }
    }

    /// <summary>Begins to read the page that begins there.</summary>
    /// <param name="type">Object type.</param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="cancellationToken">Ends the reading, not only this call.</param>
    public void Begin(string type, string after, CancellationToken cancellationToken)
    {
        Forget();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ahead = new Reading(type, after, pages.PropertiesOf(type), pages.ReadAsync(type, after, stop.Token), stop);
    }

    /// <summary>Drops what was read ahead; the page is read again when its turn comes.</summary>
    public void Forget()
    {
        if (_ahead is { } ahead)
        {
            _ahead = null;
            _ = EndAsync(ahead);
        }
    }

    // Whatever came of it, nobody asks any more.
    private static async Task EndAsync(Reading ahead)
    {
        using (ahead.Stop)
        {
            await ahead.Stop.CancelAsync();
            await ((Task)ahead.Page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed record Reading(
        string Type,
        string After,
        IReadOnlyList<string> Properties,
        Task<HubSpotObjectPage> Page,
        CancellationTokenSource Stop
    );
}
