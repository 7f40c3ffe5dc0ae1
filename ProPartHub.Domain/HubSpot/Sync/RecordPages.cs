using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Walks through all records of a type in HubSpot by ascending id, a page of a hundred at a time, and takes them in. Unlike
/// search it neither lags nor ends at 10,000. Taking a page twice changes nothing.
/// </summary>
internal sealed class RecordPages(SyncSession session, DealFlow deals, EngagementFlow engagements)
{
    /// <summary>Object types that are taken in, in an order in which each finds what it belongs to.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [HubSpotObjectTypes.Deals, .. EngagementType.All.Select(kind => kind.Type)];

    /// <summary>Reads a page and takes it in.</summary>
    /// <param name="type">Of <see cref="Types"/>.</param>
    /// <param name="after">Where the page begins; null for the first.</param>
    /// <param name="origin">Import, which makes no events of its own for timelines, or HubSpot.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RecordPage> TakeAsync(
        string type,
        string? after,
        ChangeOrigin origin,
        CancellationToken cancellationToken
    ) => await TakeAsync(type, await ReadAsync(type, after, cancellationToken), origin, cancellationToken);

    /// <summary>Reads a page and no more.</summary>
    public Task<HubSpotObjectPage> ReadAsync(string type, string? after, CancellationToken cancellationToken) =>
        session.Client.ListAsync(
            type,
            PropertiesOf(type),
            after,
            HubSpotPriority.Backfill,
            associations: type == HubSpotObjectTypes.Deals
                ? [HubSpotObjectTypes.Contacts]
                : [HubSpotObjectTypes.Deals, HubSpotObjectTypes.Contacts],
            cancellationToken: cancellationToken
        );

    /// <summary>What is asked of each record now; an account may get further properties.</summary>
    public IReadOnlyList<string> PropertiesOf(string type) =>
        EngagementType.Of(type)?.Properties ?? session.Map.DealProperties;

    /// <summary>Takes in a page as read.</summary>
    public async Task<RecordPage> TakeAsync(
        string type,
        HubSpotObjectPage page,
        ChangeOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var touched =
            page.Results.Count == 0 ? 0
            : EngagementType.Of(type) is { } kind
                ? await engagements.TakePageAsync(kind, page.Results, origin, cancellationToken)
            : await deals.TakeAsync(
                page.Results,
                page.Results.ToDictionary(deal => deal.Id, deal => deal.AssociatedIds(HubSpotObjectTypes.Contacts)),
                origin,
                HubSpotPriority.Backfill,
                cancellationToken
            );
        return new RecordPage([.. page.Results.Select(record => record.Id)], touched, page.Next);
    }
}

/// <summary>A page that was taken in.</summary>
/// <param name="Ids">The records of it.</param>
/// <param name="Touched">How many were new or different here.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
internal sealed record RecordPage(IReadOnlyList<string> Ids, int Touched, string? Next);
