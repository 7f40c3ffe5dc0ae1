using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What was exchanged in one span of time.</summary>
/// <param name="From">Where the span begins (UTC).</param>
/// <param name="Sent">Changes that HubSpot took.</param>
/// <param name="Taken">Changes taken from HubSpot.</param>
/// <param name="Failed">Changes that HubSpot refused.</param>
public sealed record ThroughputSpan(DateTimeOffset From, int Sent, int Taken, int Failed);

/// <summary>Reads how much was exchanged with HubSpot lately.</summary>
public sealed class ThroughputQueries(HubDatabase database, TimeProvider time)
{
    /// <summary>Length of a span.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(SpanMinutes);

    /// <summary>How many spans are given.</summary>
    public const int Spans = 48;

    private const int SpanMinutes = 30;

    /// <summary>The last day, oldest span first, without gaps; one command over the log's index by time.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<ThroughputSpan>> DayAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        var now = time.GetUtcNow();
        var last = new DateTimeOffset(now.Ticks - (now.Ticks % Span.Ticks), TimeSpan.Zero);
        var first = last - (Span * (Spans - 1));
        await using var db = await database.ReadAsync(cancellationToken);
        var counts = await db
            .SyncLog.Where(row => row.At >= first && row.LeadId != null)
            .GroupBy(row => new
            {
                // Whole spans since the epoch: PostgreSQL counts, not we.
                Span = Math.Floor((row.At - DateTimeOffset.UnixEpoch).TotalMinutes / SpanMinutes),
                row.Towards,
                row.Succeeded,
            })
            .Select(group => new
            {
                group.Key.Span,
                group.Key.Towards,
                group.Key.Succeeded,
                Count = group.Count(),
            })
            .ToListAsync(cancellationToken);
        var bySpan = counts.ToLookup(row => DateTimeOffset.UnixEpoch + (row.Span * Span));
        return
        [
            .. Enumerable
                .Range(0, Spans)
                .Select(index => first + (index * Span))
                .Select(from => new ThroughputSpan(
                    from,
                    bySpan[from]
                        .Where(row => row.Succeeded && row.Towards is ChangeOrigin.HubSpot)
                        .Sum(row => row.Count),
                    bySpan[from]
                        .Where(row => row.Succeeded && row.Towards is not ChangeOrigin.HubSpot)
                        .Sum(row => row.Count),
                    bySpan[from].Where(row => !row.Succeeded).Sum(row => row.Count)
                )),
        ];
    }
}
