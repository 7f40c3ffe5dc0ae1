using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Keeps <see cref="Lead.WorkedAt"/>, <see cref="Lead.AssignedAt"/> and <see cref="Lead.AnsweredAt"/>: the moments by which
/// clients are protected and service levels kept. Columns of the lead and not questions to its history, so that an index
/// finds the leads that are late.
/// </summary>
internal static class LeadWork
{
    private const string Incoming = "INCOMING_EMAIL";

    /// <summary>A new lead. What an import brings was answered long ago or never will be: nobody is late with it.</summary>
    public static void Begin(Lead lead, ChangeOrigin origin)
    {
        (lead.WorkedAt, lead.AssignedAt) = (lead.UpdatedAt, lead.CreatedAt);
        lead.AnsweredAt = origin is ChangeOrigin.Import ? lead.CreatedAt : null;
        // Where HubSpot names somebody who is nobody here yet, the choice is made; it only waits to be understood.
        lead.AwaitsAssignment =
            LeadVisibility.IsInPool(lead.AgentId) && lead.IsOpen && !lead.Attention.HasFlag(Attention.UnknownAgent);
    }

    /// <summary>A lead that has come to another agent, or into the pool by somebody's choice.</summary>
    public static void BeginAnew(Lead lead, DateTimeOffset at)
    {
        lead.AssignedAt = at;
        (lead.AnsweredAt, lead.AwaitsAssignment) = (null, false);
        lead.WorkedAt = Later(lead.WorkedAt, at);
    }

    /// <summary>Something that happened. What the lead's agent does with the client is an answer; a move by others is work
    /// all the same.</summary>
    public static void Note(Lead lead, LeadEventKind kind, ChangeOrigin origin, Guid? by, DateTimeOffset at)
    {
        var isByAgent = origin is ChangeOrigin.Portal && by is not null && by == lead.AgentId;
        if (
            isByAgent
            && kind
                is LeadEventKind.CommentAdded
                    or LeadEventKind.FollowUpDone
                    or LeadEventKind.StageChanged
                    or LeadEventKind.MessageSent
        )
        {
            Answered(lead, at);
        }
        else if (kind is LeadEventKind.StageChanged && origin is not ChangeOrigin.System)
        {
            lead.WorkedAt = Later(lead.WorkedAt, at);
        }
    }

    /// <summary>A call, mail or meeting that HubSpot holds; a mail by the client is work, but no answer to the client.</summary>
    public static void Note(Lead lead, Activity activity, DateTimeOffset now)
    {
        var at = activity.OccurredAt < now ? activity.OccurredAt : now;
        if (activity is { Kind: ActivityKind.Email, Direction: Incoming })
        {
            lead.WorkedAt = Later(lead.WorkedAt, at);
        }
        else if (at >= lead.AssignedAt)
        {
            Answered(lead, at);
        }
    }

    private static void Answered(Lead lead, DateTimeOffset at)
    {
        lead.AnsweredAt ??= at;
        lead.WorkedAt = Later(lead.WorkedAt, at);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
