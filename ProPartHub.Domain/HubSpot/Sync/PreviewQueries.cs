using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Reads the preview of the first exchange: what turning writing on would do. It is worked out by the sync itself; reading
/// it asks HubSpot nothing. All of it is for admins.
/// </summary>
public sealed class PreviewQueries(HubDatabase database)
{
    /// <summary>Everything, counted; four small commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<PreviewSummary> SummaryAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var off = await OffAsync(db, cancellationToken);
        var isImporting =
            !off.HasFlag(SyncPart.Inbound)
            && !await db.SyncCursors.AnyAsync(
                cursor => cursor.ObjectType == HubSpotObjectTypes.Deals && cursor.ImportedAt != null,
                cancellationToken
            );
        var groups = await WaitingLeads
            .Of(db, off)
            .GroupBy(row => (PreviewOutcome?)row.Preview!.Outcome)
            .Select(group => new
            {
                Outcome = group.Key,
                Leads = group.Count(),
                FilledThere = group.Sum(row => (int?)row.Preview!.FilledThere) ?? 0,
                FilledHere = group.Sum(row => (int?)row.Preview!.FilledHere) ?? 0,
                Overwritten = group.Sum(row => (int?)row.Preview!.Overwritten) ?? 0,
                Differing = group.Count(row => row.Preview!.Overwritten > 0),
            })
            .ToListAsync(cancellationToken);
        var marks = await (
            from entry in db.Outbox
            where entry.ParkedAt == null
            join sync in db.LeadSyncs on entry.LeadId equals sync.LeadId into known
            from sync in known.DefaultIfEmpty()
            group entry by new { entry.Kind, IsKnown = sync != null && sync.DealId != null } into kind
            select new { kind.Key, Marks = kind.Count() }
        ).ToListAsync(cancellationToken);
        int Of(params PreviewOutcome?[] outcomes) =>
            groups.Where(group => outcomes.Contains(group.Outcome)).Sum(group => group.Leads);
        var comments = marks.Where(mark => mark.Key.Kind == OutboxKind.Comment).Sum(mark => mark.Marks);
        var followUps = marks.Where(mark => mark.Key.Kind == OutboxKind.FollowUp).Sum(mark => mark.Marks);
        var edits = marks.Where(mark => mark.Key is { Kind: OutboxKind.Lead, IsKnown: true }).Sum(mark => mark.Marks);
        return new PreviewSummary(
            Linked: Of(PreviewOutcome.TiedToContact),
            Contacts: Of(PreviewOutcome.ContactMade),
            Deals: Of(
                PreviewOutcome.TiedToContact,
                PreviewOutcome.ContactMade,
                PreviewOutcome.ContactShared,
                PreviewOutcome.WithoutContact
            ),
            Recognised: Of(PreviewOutcome.DealRecognised),
            groups.Sum(group => group.FilledThere),
            groups.Sum(group => group.FilledHere),
            groups.Sum(group => group.Overwritten),
            groups.Sum(group => group.Differing),
            edits,
            comments,
            followUps,
            SetAside: Of(PreviewOutcome.SetAside),
            Left: Of((PreviewOutcome?)null),
            IsHeld: (off & SyncParts.WholeLead) is not SyncPart.None,
            isImporting
        );
    }

    /// <summary>What waits, in the order in which it goes, each new lead with what would become of it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="onlyDiffering">True for leads alone in which HubSpot's values would replace ours.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<PreviewItem>> PageAsync(
        Actor actor,
        bool onlyDiffering,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = WaitingLeads.Of(db, await OffAsync(db, cancellationToken));
        if (onlyDiffering)
        {
            var differing = await leads
                .Where(row => row.Preview!.Overwritten > 0)
                .OrderBy(row => row.Entry.DueAt)
                .ThenBy(row => row.Entry.SubjectId)
                .PageAsync(page, SyncTroubleQueries.PageSize, cancellationToken);
            return await WithForecastsAsync(db, differing, Item, row => row.Preview, cancellationToken);
        }

        var all = await new WaitingQueries(database).PageAsync(actor, page, cancellationToken);
        var ids = all.Rows.Where(row => row.IsNew).Select(row => row.LeadId).ToList();
        var previews = await leads
            .Where(row => ids.Contains(row.Lead.Id) && row.Preview != null)
            .Select(row => row.Preview!)
            .ToDictionaryAsync(preview => preview.LeadId, cancellationToken);
        return await WithForecastsAsync(
            db,
            all,
            item => item,
            item => item.IsNew ? previews.GetValueOrDefault(item.LeadId) : null,
            cancellationToken
        );
    }

    private static async Task<NumberedPage<PreviewItem>> WithForecastsAsync<T>(
        HubDbContext db,
        NumberedPage<T> page,
        Func<T, WaitingItem> itemOf,
        Func<T, LeadPreview?> previewOf,
        CancellationToken cancellationToken
    )
    {
        var values = await FieldValues.LoadAsync(
            db,
            [
                .. page
                    .Rows.Select(previewOf)
                    .OfType<LeadPreview>()
                    .SelectMany(preview => preview.Fields)
                    .SelectMany(field => new[] { (field.Field, field.Ours), (field.Field, field.Theirs) }),
            ],
            cancellationToken
        );
        return new(
            [.. page.Rows.Select(row => new PreviewItem(itemOf(row), Forecast(previewOf(row), values)))],
            page.Number,
            page.Total,
            page.Size
        );
    }

    private static LeadForecast? Forecast(LeadPreview? preview, FieldValues values) =>
        preview is null
            ? null
            : new(
                preview.Outcome,
                preview.Reason,
                preview.ContactId,
                preview.ContactName,
                preview.FoundBy,
                preview.OtherContacts,
                [
                    .. preview.Fields.Select(field => new ForecastField(
                        field.Field,
                        field.Fate,
                        values.Read(field.Field, field.Ours),
                        values.Read(field.Field, field.Theirs)
                    )),
                ]
            );

    private static WaitingItem Item(WaitingLead row) =>
        new(
            row.Entry.Kind,
            row.Entry.SubjectId,
            row.Lead.Id,
            row.Lead.Number,
            row.Lead.ClientName,
            row.Lead.Currency,
            IsNew: true,
            row.Entry.Since,
            row.Entry.LastError,
            Changes: []
        );

    private static Task<SyncPart> OffAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db.HubSpotAccounts.Select(account => account.SwitchedOff).SingleOrDefaultAsync(cancellationToken);
}
