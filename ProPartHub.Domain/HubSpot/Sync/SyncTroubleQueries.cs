using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Reads what the exchange with HubSpot leaves for a person to decide. All of it is for admins.</summary>
public sealed class SyncTroubleQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    private const Attention OfPull = Attention.UnknownStage | Attention.UnknownAgent | Attention.DeletedInHubSpot;

    /// <summary>What HubSpot refuses, the oldest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<ParkedItem>> ParkedAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var parked =
            from entry in db.Outbox
            where entry.ParkedAt != null
            join lead in db.Leads on entry.LeadId equals lead.Id
            orderby entry.ParkedAt, entry.SubjectId
            select new ParkedItem(
                entry.Kind,
                entry.SubjectId,
                lead.Id,
                lead.Number,
                lead.ClientName,
                entry.Since,
                entry.ParkedAt!.Value,
                entry.LastError
            );
        return await parked.PageAsync(page, PageSize, cancellationToken);
    }

    /// <summary>Conflicts nobody has settled, the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<ConflictItem>> ConflictsAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var open =
            from conflict in db.SyncConflicts
            where conflict.SettledAt == null
            join lead in db.Leads on conflict.LeadId equals lead.Id
            orderby conflict.At descending, conflict.Id
            select new ConflictRow(conflict, lead.Number, lead.ClientName, lead.Currency);
        var found = await open.PageAsync(page, PageSize, cancellationToken);
        var values = await FieldValues.LoadAsync(
            db,
            [
                .. found.Rows.SelectMany(row =>
                    new[] { (row.Conflict.Field, row.Conflict.Ours), (row.Conflict.Field, row.Conflict.Theirs) }
                ),
            ],
            cancellationToken
        );
        return new([.. found.Rows.Select(row => Item(row, values))], found.Number, found.Total, found.Size);
    }

    /// <summary>Leads whose deal has a stage or owner unknown here or was deleted in HubSpot, the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<PullProblem>> PullProblemsAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var leads =
            from lead in ProblemLeads(db)
            join sync in db.LeadSyncs on lead.Id equals sync.LeadId into known
            from sync in known.DefaultIfEmpty()
            orderby lead.Number descending
            select new ProblemRow(
                lead.Id,
                lead.Number,
                lead.ClientName,
                lead.Attention,
                sync!.DealId,
                sync!.DealSnapshot,
                lead.UpdatedAt
            );
        var found = await leads.PageAsync(page, PageSize, cancellationToken);
        var owners = found.Rows.Select(row => row.Deal(AgentField.Owner)).OfType<string>().Distinct().ToList();
        var names =
            owners.Count == 0
                ? []
                : await db
                    .HubSpotOwners.Where(owner => owners.Contains(owner.Id))
                    .ToDictionaryAsync(owner => owner.Id, owner => owner.Name, cancellationToken);
        return new([.. found.Rows.Select(row => row.Item(names))], found.Number, found.Total, found.Size);
    }

    internal static IQueryable<Lead> ProblemLeads(HubDbContext db) =>
        db.Leads.Where(lead => lead.Attention != 0 && (lead.Attention & OfPull) != 0 && lead.ArchivedAt == null);

    private static ConflictItem Item(ConflictRow row, FieldValues values)
    {
        var conflict = row.Conflict;
        return new ConflictItem(
            conflict.Id,
            conflict.LeadId,
            row.Number,
            row.ClientName,
            conflict.Field,
            values.Read(conflict.Field, conflict.Ours),
            values.Read(conflict.Field, conflict.Theirs),
            conflict.TheirsWon,
            row.Currency,
            conflict.At
        );
    }

    private sealed record ConflictRow(SyncConflict Conflict, long Number, string ClientName, string? Currency);

    private sealed record ProblemRow(
        Guid LeadId,
        long Number,
        string ClientName,
        Attention Attention,
        string? DealId,
        Dictionary<string, string?>? DealSnapshot,
        DateTimeOffset UpdatedAt
    )
    {
        public string? Deal(PropertyRef property) => DealSnapshot?.GetValueOrDefault(property.Name);

        public PullProblem Item(Dictionary<string, string> owners)
        {
            var owner = Deal(AgentField.Owner);
            return new PullProblem(
                LeadId,
                Number,
                ClientName,
                Attention & OfPull,
                DealId,
                Attention.HasFlag(Attention.UnknownStage) ? Deal(StageField.Stage) : null,
                !Attention.HasFlag(Attention.UnknownAgent) ? null
                    : owner is null ? AgentField.NameProperties.Select(Deal).FirstOrDefault(name => name is not null)
                    : owners.GetValueOrDefault(owner, owner),
                UpdatedAt
            );
        }
    }
}
