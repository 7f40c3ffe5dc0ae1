using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Contacts;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>"Read this record again": the one thing that every poll and webhook comes down to.</summary>
internal sealed class ChangedRecords(
    SyncSession session,
    DealFlow deals,
    ContactFlow contacts,
    EngagementFlow engagements,
    PreviewStore previews,
    ContactMirrorStep mirror
)
{
    /// <summary>
    /// Reads records of one type again and takes what they are now. A type that is off is left to the comparison that
    /// follows when it is turned on.
    /// </summary>
    public async Task ReadAgainAsync(string type, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 || !session.IsOn(SyncParts.Of(type)))
        {
            return;
        }

        switch (type)
        {
            case HubSpotObjectTypes.Deals:
                await deals.ReadAgainAsync(ids, cancellationToken);
                break;
            case HubSpotObjectTypes.Contacts:
                await contacts.ReadAgainAsync(ids, cancellationToken);
                await previews.LookAgainAsync(ids, cancellationToken);
                await mirror.LookAgainAsync(ids, cancellationToken);
                break;
            default:
                if (EngagementType.Of(type) is { } kind)
                {
                    await engagements.ReadAgainAsync(kind, ids, cancellationToken);
                }

                break;
        }
    }
}
