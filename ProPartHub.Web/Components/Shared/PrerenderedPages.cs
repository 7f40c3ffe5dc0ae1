using Microsoft.Extensions.Caching.Memory;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// What pages read while they were prerendered, until their circuits take it over and show the same at once: without it a page
/// that is there already would turn into a skeleton for a moment. It stays in this process, and the page itself holds only a key:
/// rows in the page's state would be sent along encrypted, which no compression makes small. A circuit that begins in another
/// process, or later, reads by itself.
/// </summary>
internal sealed class PrerenderedPages(TimeProvider clock) : IDisposable
{
    /// <summary>How long a page waits for what it shows; it comes without it then, and its circuit reads.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a circuit may take to begin.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    // Some eighty kilobytes each.
    private const int Most = 500;

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Waits for what a page reads.</summary>
    /// <returns>False where the database is away or takes too long.</returns>
    public async Task<bool> IsReadAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException || DatabaseOutage.Is(exception))
        {
            return false;
        }
    }

    /// <summary>Keeps what was read for the circuit of the same person.</summary>
    /// <returns>The key, which nobody can guess.</returns>
    public Guid Keep(Actor actor, object page)
    {
        var key = Guid.NewGuid();
        _pages.Set(
            key,
            new Read(RightsOf(actor), page),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept }
        );
        return key;
    }

    /// <summary>Takes what was kept, once.</summary>
    /// <returns>Null where there is nothing of that kind, or it was read with the rights of another.</returns>
    public T? Take<T>(Guid? key, Actor actor)
        where T : class
    {
        if (key is not { } known || !_pages.TryGetValue(known, out Read? read))
        {
            return null;
        }

        _pages.Remove(known);
        return read!.Rights == RightsOf(actor) ? read.Page as T : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();

    private static Rights RightsOf(Actor actor) => new(actor.UserId, actor.Role, actor.TeamId, actor.ViewerId);

    private sealed record Rights(Guid UserId, Role Role, Guid? TeamId, Guid? ViewerId);

    private sealed record Read(Rights Rights, object Page);
}
