using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>
/// Who does what with the knowledge base. Everybody who is signed in reads what is published, unverified agents too: how to
/// be verified and how to register a client is what they need first. Managers and admins write.
/// </summary>
public static class KnowledgeRights
{
    /// <summary>True for those who write, publish and keep the sections.</summary>
    public static bool MayWrite(Actor actor) => actor.Role is Role.Manager or Role.Admin;

    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    internal static void RequireMayLook(Actor actor)
    {
        if (!MayWrite(actor))
        {
            throw ForbiddenException.For(actor, GuardedAct.SetKnowledge);
        }
    }

    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    internal static void RequireMayWrite(Actor actor)
    {
        RequireMayLook(actor);
        actor.Writing();
    }

    /// <summary>What readers see; writers see the rest by ways of their own.</summary>
    internal static IQueryable<Article> Published(this IQueryable<Article> articles) =>
        articles.Where(row => row.ArchivedAt == null && row.PublishedVersion > 0);
}
