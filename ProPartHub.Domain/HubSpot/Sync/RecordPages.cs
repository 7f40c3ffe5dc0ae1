using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Reads all records of a type in HubSpot by ascending id, a page of a hundred at a time. Unlike search it neither lags nor
/// ends at 10,000. It waits in line for as long as it takes, so no step may wait for it.
/// </summary>
internal sealed class RecordPages(SyncSession session, DealFlow deals)
{
    /// <summary>Object types that are taken in, in an order in which each finds what it belongs to.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [HubSpotObjectTypes.Deals, .. EngagementType.All.Select(kind => kind.Type)];

    /// <summary>Notes what a page about to be read will have to be compared with.</summary>
    /// <param name="type">Of <see cref="Types"/>, or contacts.</param>
    /// <param name="after">Where the page begins; null for the first.</param>
    /// <param name="isCounted">Whether to ask how many records of the type there are.</param>
    public PageStart Begin(string type, string? after, bool isCounted) =>
        new(type, after, isCounted, session.Exchanged.Mark, session.Map);

    /// <summary>Lists the records of a page; its end names the next.</summary>
    public Task<HubSpotObjectPage> ListAsync(PageStart start, CancellationToken cancellationToken)
    {
        var kind = EngagementType.Of(start.Type);
        var (properties, associations) = (start.Type, kind) switch
        {
            (HubSpotObjectTypes.Contacts, _) => (start.Map.MirrorProperties, Array.Empty<string>()),
            (_, null) => (start.Map.DealProperties, [HubSpotObjectTypes.Contacts]),
            _ => (kind.Properties, [HubSpotObjectTypes.Deals, HubSpotObjectTypes.Contacts]),
        };
        return session.Client.ListAsync(
            start.Type,
            properties,
            start.After,
            HubSpotPriority.Backfill,
            associations: associations,
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Reads what else belongs to a page that was listed: the contacts of its deals.</summary>
    public async Task<PageRead> CompleteAsync(
        PageStart start,
        HubSpotObjectPage page,
        CancellationToken cancellationToken
    )
    {
        var counting = start.IsCounted ? CountAsync(start.Type, cancellationToken) : Task.FromResult<int?>(null);
        try
        {
            var reads =
                start.Type == HubSpotObjectTypes.Deals && page.Results.Count > 0
                    ? await deals.WithContactsAsync(
                        page.Results,
                        page.Results.ToDictionary(
                            deal => deal.Id,
                            deal => deal.AssociatedIds(HubSpotObjectTypes.Contacts)
                        ),
                        HubSpotPriority.Backfill,
                        cancellationToken
                    )
                    : [];
            return new PageRead(start, page.Results, reads, page.Next, await counting);
        }
        finally
        {
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int?> CountAsync(string type, CancellationToken cancellationToken)
    {
        var search = new HubSpotSearch { Limit = 1 };
        return (await session.Client.SearchAsync(type, search, HubSpotPriority.Backfill, cancellationToken)).Total;
    }
}

/// <summary>A page as its reading begins.</summary>
/// <param name="Type">The type of its records.</param>
/// <param name="After">Where it begins; null for the first.</param>
/// <param name="IsCounted">Whether HubSpot is asked how many records of the type there are.</param>
/// <param name="Mark">When its reading began; what was exchanged later is not to be taken from it.</param>
/// <param name="Map">The mapping that says which properties are asked for.</param>
internal sealed record PageStart(string Type, string? After, bool IsCounted, long Mark, LeadMap Map);

/// <summary>A page that was read and is not yet taken in.</summary>
/// <param name="Start">As its reading began.</param>
/// <param name="Records">Its records.</param>
/// <param name="Deals">Of a page of deals, the records with their contacts.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Total">How many records of the type there are, where that was asked.</param>
internal sealed record PageRead(
    PageStart Start,
    IReadOnlyList<HubSpotObject> Records,
    IReadOnlyList<DealRead> Deals,
    string? Next,
    int? Total
);
