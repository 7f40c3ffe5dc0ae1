using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads.Sorting;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Legacy;

namespace ProPartHub.Domain.Leads;

/// <summary>Reads leads for lists and pages; each method is a fixed, small number of SQL commands.</summary>
public sealed partial class LeadQueries
{
    private readonly HubDatabase _database;
    private readonly SharedLeadReads<LeadRow> _shared;

    internal LeadQueries(HubDatabase database, SharedLeadReads<LeadRow> shared) =>
        (_database, _shared) = (database, shared);

    internal static readonly Expression<Func<Lead, LeadRow>> ToRow = lead => new LeadRow(
        lead.Id,
        lead.Number,
        lead.ClientName,
        lead.Phone,
        lead.Email,
        lead.AgentId,
        lead.Agent!.DisplayName,
        lead.TeamId,
        lead.StageId,
        lead.Stage.Label,
        lead.Status,
        lead.StageChangedAt,
        lead.Country,
        lead.Source,
        lead.BudgetFrom,
        lead.BudgetTo,
        lead.Currency,
        lead.Attention,
        lead.ArchivedAt != null,
        lead.IsDemo,
        lead.CreatedAt,
        lead.UpdatedAt
    );

    /// <summary>A page of the leads that the actor may see.</summary>
    public async Task<LeadPage> PageAsync(Actor actor, LeadListQuery query, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(query.PageSize, 1, LeadListQuery.MaxPageSize);
        var cursor = LeadCursor.Parse(query.Cursor);
        await using var db = await _database.ReadAsync(cancellationToken);
        // One row more than asked tells whether there is a further page.
        var rows = await LeadOrder
            .Of(query.Sort)
            .ReadAsync(
                db,
                Filter(db, actor, query),
                query.Descending,
                query.Backward,
                cursor,
                size + 1,
                cancellationToken
            );
        var more = rows.Count > size;
        rows = [.. rows.Take(size)];
        if (query.Backward)
        {
            rows = [.. rows.Reverse()];
        }

        var hasPrevious = query.Backward ? more : cursor is not null;
        var hasNext = query.Backward ? cursor is not null : more;
        return new LeadPage(
            [.. rows.Select(row => row.Row)],
            hasPrevious && rows.Count > 0 ? rows[0].Place.Text : null,
            hasNext && rows.Count > 0 ? rows[^1].Place.Text : null
        );
    }

    /// <summary>
    /// How many leads the query finds: exactly, from the maintained figures, where nothing narrows it; else counted up to a
    /// cap.
    /// </summary>
    /// <param name="actor">Whose leads.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="cap">
    /// Where counting stops; null for <see cref="LeadCount.Cap"/>, and <see cref="LeadCount.SearchCap"/> of a search.
    /// </param>
    public async Task<LeadCount> CountAsync(
        Actor actor,
        LeadListQuery query,
        CancellationToken cancellationToken,
        int? cap = null
    )
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        if (query is { HasFilters: false, Archived: false })
        {
            var all = await db.StageFigures.VisibleTo(actor).SumAsync(figure => figure.Leads, cancellationToken);
            return new LeadCount(all, IsCapped: false);
        }

        // Without a sort, which would take three times as long: any ten thousand do.
        var most = cap ?? (string.IsNullOrWhiteSpace(query.Search) ? LeadCount.Cap : LeadCount.SearchCap);
        var count = await Filter(db, actor, query).Take(most + 1).CountAsync(cancellationToken);
        return new LeadCount(Math.Min(count, most), count > most);
    }

    /// <summary>
    /// Rows afresh, after the feed told of them, in one command at most; those that the actor may not see or that the
    /// query leaves out are missing from the answer, which has no order.
    /// </summary>
    public async Task<IReadOnlyList<LeadRow>> RowsAsync(
        Actor actor,
        IReadOnlyCollection<Guid> leadIds,
        LeadListQuery query,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Count == 0)
        {
            return [];
        }

        if (!query.HasFilters)
        {
            var rows = await _shared.RowsAsync(leadIds, cancellationToken);
            return
            [
                .. leadIds
                    .Select(id => rows.GetValueOrDefault(id))
                    .OfType<LeadRow>()
                    .Where(row => row.IsArchived == query.Archived && actor.CanSee(row.AgentId, row.TeamId)),
            ];
        }

        await using var db = await _database.ReadAsync(cancellationToken);
        return await Filter(db, actor, query)
            .Where(lead => leadIds.Contains(lead.Id))
            .Select(ToRow)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Everything of one lead's own fields.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<LeadDetails> DetailsAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        var lead =
            await db
                .Leads.VisibleTo(actor)
                .Include(row => row.Agent)
                .Include(row => row.Stage)
                    .ThenInclude(stage => stage.Pipeline)
                .SingleOrDefaultAsync(row => row.Id == leadId, cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        // What comes from elsewhere, in one command: HubSpot's ids and the former portal's number.
        var elsewhere = await db
            .Leads.Where(row => row.Id == leadId)
            .Select(row => new
            {
                Exchange = db
                    .LeadSyncs.Where(known => known.LeadId == leadId)
                    .Select(known => new
                    {
                        known.ContactId,
                        known.DealId,
                        known.PushedAt,
                        known.PulledAt,
                    })
                    .FirstOrDefault(),
                OldNumber = db
                    .LegacyIds.Where(old => old.NewId == leadId && old.Kind == LegacyKind.Lead)
                    .Select(old => (long?)old.OldId)
                    .FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        var exchange = elsewhere.Exchange;
        var waiting = await db
            .Outbox.Where(entry => entry.LeadId == leadId)
            .OrderBy(entry => entry.Since)
            .Select(entry => new
            {
                entry.Since,
                entry.ParkedAt,
                entry.LastError,
            })
            .FirstOrDefaultAsync(cancellationToken);
        return new LeadDetails(
            lead.Id,
            lead.Number,
            LeadInput.From(lead),
            lead.AgentId,
            lead.Agent?.DisplayName,
            lead.TeamId,
            lead.StageId,
            lead.Stage.Label,
            lead.Stage.PipelineId,
            lead.Status,
            lead.Attention,
            lead.ArchivedAt,
            lead.TransferredAt,
            lead.IsDemo,
            lead.CreatedAt,
            lead.UpdatedAt,
            new LeadSyncState(
                exchange?.ContactId,
                exchange?.DealId,
                exchange?.PushedAt > exchange?.PulledAt || exchange?.PulledAt is null
                    ? exchange?.PushedAt
                    : exchange.PulledAt,
                waiting?.Since,
                waiting?.ParkedAt is not null,
                waiting?.LastError
            )
        )
        {
            StageChangedAt = lead.StageChangedAt,
            OldNumber = elsewhere.OldNumber,
            Consent = LeadConsent.Of(lead),
            MergedInto = lead.MergedIntoId is { } other ? await MergedAsync(db, actor, other, cancellationToken) : null,
            Erased = lead.ErasedAt is { } erased ? await ErasedAsync(db, leadId, erased, cancellationToken) : null,
        };
    }

    private static async Task<LeadMergedInto> MergedAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Leads.VisibleTo(actor)
            .Where(row => row.Id == leadId)
            .Select(row => new LeadMergedInto(row.Id, row.Number))
            .SingleOrDefaultAsync(cancellationToken)
        ?? new LeadMergedInto(null, null);

    private static async Task<LeadErased> ErasedAsync(
        HubDbContext db,
        Guid leadId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var by = await db
            .LeadEvents.Where(row => row.LeadId == leadId && row.Kind == LeadEventKind.Erased)
            .OrderByDescending(row => row.Id)
            .Select(row => row.ActorName)
            .FirstOrDefaultAsync(cancellationToken);
        return new LeadErased(at, string.IsNullOrEmpty(by) ? null : by);
    }

    /// <summary>The id that belongs to a short number, for links and the search box; null when not visible.</summary>
    public async Task<Guid?> FindByNumberAsync(Actor actor, long number, CancellationToken cancellationToken)
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        return await db
            .Leads.VisibleTo(actor)
            .Where(lead => lead.Number == number)
            .Select(lead => (Guid?)lead.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
