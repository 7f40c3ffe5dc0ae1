using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

/// <summary>What somebody may do with the documents of a lead, person or property.</summary>
public enum DocumentAccess
{
    /// <summary>Nothing before the agent is verified.</summary>
    NeedsVerification = 1,

    /// <summary>Read them.</summary>
    Read,

    /// <summary>Read and add them, and change one's own.</summary>
    Add,

    /// <summary>Read, add and change them all.</summary>
    Keep,
}

/// <summary>
/// Who may do what with documents. Those of a lead: whoever sees the lead reads and adds them. Those of a person: the person
/// reads them, the team's manager and admins keep them. Those of a property: everybody reads them, managers and admins keep
/// them. An agent must be verified for all but the own ones.
/// </summary>
internal static class DocumentRights
{
    /// <summary>What the actor may do.</summary>
    /// <exception cref="NotFoundException">There is no such owner for the actor.</exception>
    public static async Task<DocumentAccess> DocumentAccessAsync(
        this HubDbContext db,
        Actor actor,
        DocumentOwner owner,
        CancellationToken cancellationToken
    )
    {
        // One command each: panels of documents stand on pages that are opened all day.
        var (access, isVerified) = owner.Kind switch
        {
            DocumentOwnerKind.Lead => await OfLeadAsync(db, actor, owner.Id, cancellationToken),
            // A person reads the own ones anyway, and an agent nobody else's.
            DocumentOwnerKind.Person => (await OfPersonAsync(db, actor, owner.Id, cancellationToken), true),
            _ => await OfPropertyAsync(db, actor, owner.Id, cancellationToken),
        };
        return isVerified || actor.Role is not Role.Agent ? access : DocumentAccess.NeedsVerification;
    }

    /// <summary>Ends what the actor may not do.</summary>
    /// <param name="db">The context.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="owner">Whose documents.</param>
    /// <param name="least">What the actor must be able to do at least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such owner for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor sees the owner and may not do this.</exception>
    public static async Task<DocumentAccess> RequireDocumentAccessAsync(
        this HubDbContext db,
        Actor actor,
        DocumentOwner owner,
        DocumentAccess least,
        CancellationToken cancellationToken
    )
    {
        var access = await db.DocumentAccessAsync(actor, owner, cancellationToken);
        return access >= least ? access : throw ForbiddenException.For(actor, GuardedAct.HandleDocument);
    }

    /// <summary>What is needed to change a document of this author: one's own is changed by whoever may add.</summary>
    public static DocumentAccess ToChange(Actor actor, Guid? authorId) =>
        authorId == actor.UserId ? DocumentAccess.Add : DocumentAccess.Keep;

    /// <summary>The documents of an owner that are not removed.</summary>
    public static IQueryable<Document> Of(this IQueryable<Document> documents, DocumentOwner owner) =>
        owner.Kind switch
        {
            DocumentOwnerKind.Lead => documents.Where(row => row.LeadId == owner.Id && row.RemovedAt == null),
            DocumentOwnerKind.Person => documents.Where(row => row.PersonId == owner.Id && row.RemovedAt == null),
            _ => documents.Where(row => row.DevelopmentId == owner.Id && row.RemovedAt == null),
        };

    private static async Task<(DocumentAccess Access, bool IsVerified)> OfLeadAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        var userId = actor.UserId;
        var lead = await db
            .Leads.VisibleTo(actor)
            .Where(row => row.Id == leadId)
            .Select(row => new
            {
                row.ErasedAt,
                IsVerified = db.Users.Any(user => user.Id == userId && user.IsVerified),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (lead is null)
        {
            throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        }

        var access =
            lead.ErasedAt is not null ? DocumentAccess.Read
            : actor.Role is Role.Agent ? DocumentAccess.Add
            : DocumentAccess.Keep;
        return (access, lead.IsVerified);
    }

    private static async Task<DocumentAccess> OfPersonAsync(
        HubDbContext db,
        Actor actor,
        Guid personId,
        CancellationToken cancellationToken
    )
    {
        var person = await db
            .Users.Where(row => row.Id == personId)
            .Select(row => new { row.TeamId })
            .SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            throw new NotFoundException("Person");
        }

        var keeps =
            actor.Role is Role.Admin
            || (actor is { Role: Role.Manager, TeamId: { } team } && team == person.TeamId && personId != actor.UserId);
        return keeps ? DocumentAccess.Keep
            : personId == actor.UserId ? DocumentAccess.Read
            : throw NotFoundException.Hidden(actor, "Person", GuardedAct.ReachPerson, personId);
    }

    private static async Task<(DocumentAccess Access, bool IsVerified)> OfPropertyAsync(
        HubDbContext db,
        Actor actor,
        Guid developmentId,
        CancellationToken cancellationToken
    )
    {
        var userId = actor.UserId;
        var development = await db
            .Developments.Where(row => row.Id == developmentId)
            .Select(row => new { IsVerified = db.Users.Any(user => user.Id == userId && user.IsVerified) })
            .SingleOrDefaultAsync(cancellationToken);
        var access = DevelopmentService.MayWrite(actor) ? DocumentAccess.Keep : DocumentAccess.Read;
        return development is null ? throw new NotFoundException("Development") : (access, development.IsVerified);
    }
}
