using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Takes in a page that was read ahead. Records that were exchanged since the page was begun are read again; the page may
/// be older than what is stored. Taking a page twice changes nothing.
/// </summary>
internal sealed class PageIntake(
    SyncSession session,
    DealFlow deals,
    EngagementFlow engagements,
    ChangedRecords changed
)
{
    /// <summary>Takes in a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="origin">Import, which makes no events of its own for timelines, or HubSpot.</param>
    /// <param name="alongside">What to write in the transaction of the page.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many records were new or different here.</returns>
    public async Task<int> TakeAsync(
        PageRead page,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    )
    {
        var outdated = OutdatedOf(page);
        await changed.ReadAgainAsync(page.Start.Type, outdated, cancellationToken);
        if (outdated.Count == page.Records.Count)
        {
            if (alongside is not null)
            {
                await session.WriteAsync(alongside, cancellationToken);
            }

            return 0;
        }

        return EngagementType.Of(page.Start.Type) is { } kind
            ? await engagements.TakePageAsync(
                kind,
                [.. page.Records.Where(record => !outdated.Contains(record.Id))],
                origin,
                alongside,
                cancellationToken
            )
            : await deals.TakeAsync(
                [.. page.Deals.Where(read => !outdated.Contains(read.Deal.Id))],
                origin,
                alongside,
                cancellationToken
            );
    }

    private HashSet<string> OutdatedOf(PageRead page)
    {
        var (exchanged, mark) = (session.Exchanged, page.Start.Mark);
        return
        [
            .. page.Records.Select(record => record.Id).Where(id => exchanged.IsSince(mark, page.Start.Type, id)),
            .. page
                .Deals.Where(read => IsContactSince(mark, read.ContactId) || IsContactSince(mark, read.Contact?.Id))
                .Select(read => read.Deal.Id),
        ];
    }

    private bool IsContactSince(long mark, string? id) =>
        id is not null && session.Exchanged.IsSince(mark, HubSpotObjectTypes.Contacts, id);
}
