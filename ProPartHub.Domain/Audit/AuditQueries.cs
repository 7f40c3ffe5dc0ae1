using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Audit;

/// <summary>Reads the audit for admins: security events and events of leads in one list.</summary>
public sealed class AuditQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most rows read at once, for exports.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>
    /// A page, newest first: one command for each table of events, then one each for the names of people, leads and
    /// stages in it, and one before all where a lead is looked for by number.
    /// </summary>
    /// <param name="actor">An admin.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="after"><see cref="AuditStretch.Older"/> of the page before; null for the newest.</param>
    /// <param name="size">Rows wanted, up to <see cref="MaxPageSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<AuditStretch> PageAsync(
        Actor actor,
        AuditFilter filter,
        AuditPlace? after,
        int size,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor);
        size = Math.Clamp(size, 1, MaxPageSize);
        await using var db = await database.ReadAsync(cancellationToken);
        var leadId = await LeadIdAsync(db, filter, cancellationToken);

        // One row more than is shown tells whether there is another page.
        var rows = new List<AuditRow>();
        if (AuditSearch.Security(db, filter, leadId, after, size + 1) is { } security)
        {
            rows.AddRange((await security.ToListAsync(cancellationToken)).Select(RowOf));
        }

        if (AuditSearch.Leads(db, filter, leadId, after, size + 1) is { } leads)
        {
            rows.AddRange((await leads.ToListAsync(cancellationToken)).Select(RowOf));
        }

        var shown = rows.OrderByDescending(row => row.Place.At)
            .ThenByDescending(row => row.Place.Source)
            .ThenByDescending(row => row.Place.Id)
            .Take(size)
            .ToList();
        return await NamedAsync(db, shown, rows.Count > size ? shown[^1].Place : null, cancellationToken);
    }

    /// <summary>How the seal stands; two commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<AuditSealStatus> SealAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var state = await db.AuditSealStates.SingleOrDefaultAsync(cancellationToken) ?? new AuditSealState();
        return new AuditSealStatus(
            state.SealedAt,
            state.Position,
            await AuditWaiting.CountAsync(db, state, cancellationToken),
            state.VerifiedAt,
            state.VerifiedPosition,
            state.Fault
        );
    }

    /// <summary>Everybody who has or had an account, for the filters.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<AuditPerson>> PeopleAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Users.OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new AuditPerson(user.Id, user.DisplayName))
            .ToListAsync(cancellationToken);
    }

    internal static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.ReadAudit);
        }
    }

    private static async Task<Guid?> LeadIdAsync(
        HubDbContext db,
        AuditFilter filter,
        CancellationToken cancellationToken
    )
    {
        if (filter.LeadNumber is not { } number)
        {
            return null;
        }

        // A number that no lead has finds nothing, and not everything.
        return await db
            .Leads.Where(lead => lead.Number == number)
            .Select(lead => lead.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static AuditRow RowOf(SecurityEvent row) =>
        new(
            new AuditPlace(row.OccurredAt, AuditSource.Security, row.Id),
            row.Kind,
            null,
            null,
            row.ActorId,
            row.ActorName,
            row.Address,
            row.UserId,
            row.LeadId,
            AuditFact.Of(row.Details),
            row.ErasedAt
        );

    private static AuditRow RowOf(LeadEvent row) =>
        new(
            new AuditPlace(row.OccurredAt, AuditSource.Lead, row.Id),
            null,
            row.Kind,
            row.Origin,
            row.ActorId,
            row.ActorName,
            row.Address,
            null,
            row.LeadId,
            AuditFact.Of(row.Kind, row.Changes),
            row.ErasedAt
        );

    private static async Task<AuditStretch> NamedAsync(
        HubDbContext db,
        List<AuditRow> rows,
        AuditPlace? older,
        CancellationToken cancellationToken
    )
    {
        var leadIds = rows.Select(row => row.LeadId).OfType<Guid>().ToHashSet();
        var people = rows.Select(row => row.UserId).OfType<Guid>().Concat(IdsIn(rows, LeadField.Agent)).ToHashSet();
        var stages = IdsIn(rows, LeadField.Stage).ToHashSet();
        return new AuditStretch(
            rows,
            older,
            await db
                .Users.Where(user => people.Contains(user.Id))
                .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken),
            await db
                .Leads.Where(lead => leadIds.Contains(lead.Id))
                .Select(lead => new { lead.Id, Named = new AuditLead(lead.Number, lead.ClientName) })
                .ToDictionaryAsync(lead => lead.Id, lead => lead.Named, cancellationToken),
            await db
                .Stages.Where(stage => stages.Contains(stage.Id))
                .ToDictionaryAsync(stage => stage.Id, stage => stage.Label, cancellationToken)
        );
    }

    private static IEnumerable<Guid> IdsIn(IEnumerable<AuditRow> rows, LeadField field) =>
        rows.Where(row => row.Lead is not null)
            .SelectMany(row => row.Facts)
            .Where(fact => fact.Name == field.ToString())
            .SelectMany(fact => new[] { fact.Before, fact.After })
            .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty);
}

/// <summary>A person to filter the audit by.</summary>
public sealed record AuditPerson(Guid Id, string Name);
