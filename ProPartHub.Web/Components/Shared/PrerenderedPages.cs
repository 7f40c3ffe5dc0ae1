using Microsoft.Extensions.Caching.Memory;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Shared;

/// <summary>What a page showed before its circuit was there.</summary>
/// <param name="Page">What it had read.</param>
/// <param name="Joined">
/// Its place in the feed from before it read: whoever goes on with it need not read again. Null where something beside leads has
/// changed since.
/// </param>
internal sealed record PrerenderedPage<T>(T Page, FeedSubscription? Joined);

/// <summary>
/// What pages read while they were prerendered, until their circuits take it over and go on from there: without it each visit would be
/// read twice, and a page that is there already would turn into a skeleton for a moment. It stays in this process, and the page
/// itself holds only a key: rows in the page's state would be sent along encrypted, which no compression makes small. A circuit
/// that begins in another process, or later, reads by itself.
/// </summary>
internal sealed class PrerenderedPages(LeadFeed feed, AgencySignal agency, TimeProvider clock) : IDisposable
{
    /// <summary>How long a page waits for what it shows; it comes without it then, and its circuit reads.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a circuit may take to begin.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    // Some eighty kilobytes each.
    private const int Most = 500;

    private readonly MemoryCache _pages = new(
        new MemoryCacheOptions { SizeLimit = Most, ExpirationScanFrequency = Kept }
    );

    /// <summary>Joins the feed for a page, has it read and keeps what it shows for the circuit of the same person.</summary>
    /// <param name="actor">Who asked for the page.</param>
    /// <param name="read">Reads.</param>
    /// <param name="shown">What is shown then; null for nothing.</param>
    /// <returns>The key, which nobody can guess; null where the database is away or takes too long.</returns>
    public async Task<Guid?> ReadAsync(Actor actor, Func<Task> read, Func<object?> shown)
    {
        var (joined, heard) = (feed.Subscribe(actor), agency.Heard);
        try
        {
            await read().WaitAsync(Patience, clock);
            if (shown() is { } page)
            {
                return Keep(new Read(RightsOf(actor), page, joined, heard));
            }
        }
        catch (Exception exception) when (exception is TimeoutException || DatabaseOutage.Is(exception))
        {
            // The circuit tries by itself, and says so if it fails too.
        }
        catch
        {
            await joined.DisposeAsync();
            throw;
        }

        await joined.DisposeAsync();
        return null;
    }

    /// <summary>Takes what was kept, once. Whoever hears of changes beside leads joins those before.</summary>
    /// <returns>Null where there is nothing of that kind, or it was read with the rights of another.</returns>
    public PrerenderedPage<T>? Take<T>(Guid? key, Actor actor)
        where T : class
    {
        if (key is not { } known || !_pages.TryGetValue(known, out Read? read))
        {
            return null;
        }

        _pages.Remove(known);
        var page = read!.Rights == RightsOf(actor) ? read.Page as T : null;
        var isFresh = page is not null && read.Heard == agency.Heard;
        if (!isFresh)
        {
            Leave(read);
        }

        return page is null ? null : new(page, isFresh ? read.Joined : null);
    }

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();

    private Guid Keep(Read read)
    {
        var key = Guid.NewGuid();
        var entry = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept };
        entry.RegisterPostEvictionCallback(
            (_, value, reason, _) =>
            {
                if (reason is not EvictionReason.Removed)
                {
                    Leave((Read)value!);
                }
            }
        );
        _pages.Set(key, read, entry);
        return key;
    }

    // Done at once: nobody reads from it.
    private static void Leave(Read read) => _ = read.Joined.DisposeAsync().AsTask();

    private static Rights RightsOf(Actor actor) => new(actor.UserId, actor.Role, actor.TeamId, actor.ViewerId);

    private sealed record Rights(Guid UserId, Role Role, Guid? TeamId, Guid? ViewerId);

    private sealed record Read(Rights Rights, object Page, FeedSubscription Joined, long Heard);
}
