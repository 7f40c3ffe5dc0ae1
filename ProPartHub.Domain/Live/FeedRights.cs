using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Live;

/// <summary>
/// Who is told of which event: those who may see the lead now, and those who could until this event took it away.
/// Follows <see cref="LeadVisibility"/>.
/// </summary>
internal static class FeedRights
{
    /// <summary>What the actor is told of a message about a lead; null for nothing at all.</summary>
    public static LeadChange? ChangeFor(Actor actor, FeedMessage message)
    {
        if (actor.CanSee(message.AgentId, message.TeamId))
        {
            return LeadChange.Of(message);
        }

        // Only a transfer changes who sees a lead; without one, "previous" is empty because nothing was different.
        return
            message.Kind is LeadEventKind.Transferred && actor.CanSee(message.PreviousAgentId, message.PreviousTeamId)
            ? LeadChange.Left(message.LeadId)
            : null;
    }

    /// <summary>The same rule over stored events, so that another team's events do not even count towards a limit.</summary>
    public static IQueryable<LeadEvent> ToldTo(this IQueryable<LeadEvent> events, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => events,
            Role.Manager when actor.TeamId is { } team => events.Where(entry =>
                entry.TeamId == team
                || entry.AgentId == null
                || (
                    entry.Kind == LeadEventKind.Transferred
                    && (entry.PreviousTeamId == team || entry.PreviousAgentId == null)
                )
            ),
            Role.Manager => events.Where(entry =>
                entry.AgentId == null
                || entry.AgentId == actor.UserId
                || (
                    entry.Kind == LeadEventKind.Transferred
                    && (entry.PreviousAgentId == null || entry.PreviousAgentId == actor.UserId)
                )
            ),
            _ => events.Where(entry =>
                entry.AgentId == actor.UserId
                || (entry.Kind == LeadEventKind.Transferred && entry.PreviousAgentId == actor.UserId)
            ),
        };
}
