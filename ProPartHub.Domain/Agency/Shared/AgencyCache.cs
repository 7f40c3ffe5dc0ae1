using System.ComponentModel;
using Microsoft.Extensions.Caching.Hybrid;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Agency.Shared;

/// <summary>Rows that everybody may be shown; never changed once made, so that all pages share one list.</summary>
/// <typeparam name="T">An immutable record that System.Text.Json reads and writes.</typeparam>
/// <param name="Items">The rows in order.</param>
[ImmutableObject(true)]
public sealed record SharedRows<T>(IReadOnlyList<T> Items);

/// <summary>
/// Keeps what nearly every page reads and hardly anybody changes, in this process and, where there is one, in Redis. Never
/// what depends on who asks: the caller applies rights to what comes out. A change on any instance gives the topic another name
/// (<see cref="SharedGenerations"/>), and what stands under the old one is not asked for again. While changes are not heard
/// everything is read from the database. Redis being away costs its time limit and no more.
/// </summary>
public sealed class AgencyCache(HybridCache cache, SharedGenerations generations)
{
    /// <summary>Key of the cache among the services: Blazor would put circuits into one without a key.</summary>
    public const string ServiceKey = "agency";

    // A bound for what no trigger tells of, such as a table changed with its triggers off.
    private static readonly HybridCacheEntryOptions Keep = new()
    {
        Expiration = TimeSpan.FromMinutes(10),
        LocalCacheExpiration = TimeSpan.FromMinutes(10),
    };

    // An update may change what a row looks like, and both versions run beside each other for a while.
    private static readonly string Build = typeof(AgencyCache).Module.ModuleVersionId.ToString("N");

    /// <summary>What is kept, or what the reading gives.</summary>
    /// <typeparam name="T">An immutable record that System.Text.Json reads and writes.</typeparam>
    /// <param name="topic">Whose changes make it void.</param>
    /// <param name="what">Names the reading within the topic.</param>
    /// <param name="read">Reads it; what it throws comes out and is not kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> GetAsync<T>(
        AgencyTopic topic,
        string what,
        Func<CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        // The name comes before the reading, or something older could be kept under a newer name.
        if (generations.NameOf(topic) is not { } generation)
        {
            return await read(cancellationToken);
        }

        var isHit = true;
        var value = await cache.GetOrCreateAsync(
            $"{topic}:{what}:{generation}:{Build}",
            async token =>
            {
                isHit = false;
                return await read(token);
            },
            Keep,
            cancellationToken: cancellationToken
        );
        HubMetrics.CountCache(topic.ToString(), isHit);
        return value;
    }

    /// <summary>The same of rows.</summary>
    /// <inheritdoc cref="GetAsync{T}"/>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(
        AgencyTopic topic,
        string what,
        Func<CancellationToken, Task<List<T>>> read,
        CancellationToken cancellationToken
    ) =>
        (
            await GetAsync(
                topic,
                what,
                async token => new SharedRows<T>((await read(token)).AsReadOnly()),
                cancellationToken
            )
        ).Items;
}
