using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// The numbers of HubSpot's deals and contacts that leads of a batch have. Nothing is agreed with HubSpot by them: the first
/// exchange fills blanks, takes HubSpot's values and lists every difference.
/// </summary>
internal sealed class LegacyDeals
{
    private readonly LegacyBatch _batch;
    private readonly Dictionary<string, LeadSync> _known;
    private readonly HashSet<string> _erased;
    private readonly HashSet<string> _taken;

    private LegacyDeals(LegacyBatch batch, List<LeadSync> known, HashSet<string> erased)
    {
        (_batch, _erased) = (batch, erased);
        _known = known.ToDictionary(sync => sync.DealId!);
        _taken = [.. batch.Run.TakenDeals];
    }

    /// <summary>Reads what is known here of the batch's deals.</summary>
    public static async Task<LegacyDeals> LoadAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch.Rows.Select(row => IdIn(row, "hubspot_deal_id")).OfType<string>().ToList();
        return new(
            batch,
            await batch.Db.LeadSyncs.Where(sync => ids.Contains(sync.DealId!)).ToListAsync(cancellationToken),
            await batch
                .Db.ErasedRecords.Where(row =>
                    row.ObjectType == HubSpotObjectTypes.Deals && ids.Contains(row.HubSpotId)
                )
                .Select(row => row.HubSpotId)
                .ToHashSetAsync(cancellationToken)
        );
    }

    /// <summary>Leads here that have deals of the batch.</summary>
    public IReadOnlyList<Guid> Leads => [.. _known.Values.Select(sync => sync.LeadId)];

    /// <summary>Whether the deal is that of a client who was erased here.</summary>
    public bool IsErased(LegacyRow row) => IdIn(row, "hubspot_deal_id") is { } deal && _erased.Contains(deal);

    /// <summary>The lead that HubSpot has brought for the row's deal; null where there is none or it is another row's.</summary>
    public LeadSync? Here(LegacyRow row) =>
        IdIn(row, "hubspot_deal_id") is { } deal
        && _known.TryGetValue(deal, out var sync)
        && !_taken.Contains(deal)
        && !_batch.Run.Book.IsBrought(LegacyKind.Lead, sync.LeadId)
            ? sync
            : null;

    /// <summary>Notes that the row's deal is a lead's that was there before, and completes what is known of it.</summary>
    public void TieTo(LegacyRow row, LeadSync sync)
    {
        sync.ContactId ??= IdIn(row, "hubspot_contact_id");
        Take(sync.DealId!);
    }

    /// <summary>Keeps the numbers for a new lead.</summary>
    public void Tie(LegacyRow row, Guid leadId)
    {
        foreach (var column in new[] { "hubspot_deal_id", "hubspot_contact_id" })
        {
            if (row.Line(column) is { } wrong && IdIn(row, column) is null)
            {
                _batch.Note(row, LegacyRule.HubSpotIdUnreadable, $"{column} '{LegacyText.Cut(wrong, 40)}' left out");
            }
        }

        var contact = IdIn(row, "hubspot_contact_id");
        if (IdIn(row, "hubspot_deal_id") is not { } deal)
        {
            if (contact is not null)
            {
                // With a contact alone the two would count as acquainted, and the deal be made without their meeting.
                _batch.Note(row, LegacyRule.ContactWithoutDeal, "found again by mail and phone when its deal is made");
            }

            return;
        }

        if (_known.ContainsKey(deal) || _taken.Contains(deal))
        {
            _batch.Note(row, LegacyRule.DealShared, $"deal {deal} is another lead's; brought without a deal");
            return;
        }

        Take(deal);
        var synced = row.Local("last_sync_at");
        _batch.Db.LeadSyncs.Add(
            new LeadSync
            {
                LeadId = leadId,
                DealId = deal,
                ContactId = contact,
                PulledAt = synced <= _batch.Run.Now ? synced : null,
            }
        );
    }

    /// <summary>Whether a row has nothing of a deal, not even a number that is none.</summary>
    public static bool IsUnknownToHubSpot(LegacyRow row) => row.Line("hubspot_deal_id") is null;

    private void Take(string deal)
    {
        _taken.Add(deal);
        _batch.WhenDone(() => _batch.Run.TakenDeals.Add(deal));
    }

    private static string? IdIn(LegacyRow row, string column) =>
        row.Line(column) is { Length: <= 20 } id && id.All(char.IsAsciiDigit) ? id : null;
}
