using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>What the start page reads on its own.</summary>
[Flags]
internal enum DashboardPart
{
    None = 0,
    Agenda = 1,
    News = 2,
    Figures = 4,
    Quiet = 8,
    Standing = 16,
    Ranking = 32,
    Trend = 64,
    Team = 128,

    /// <summary>What changes when leads come, go or change hands.</summary>
    Leads = Agenda | News | Figures | Quiet | Trend | Team,
    All = Leads | Standing | Ranking,
}

/// <summary>Which parts a change can touch: only those are read again.</summary>
internal static class DashboardParts
{
    /// <summary>In the order in which they are read.</summary>
    public static IReadOnlyList<DashboardPart> InOrder { get; } =
    [
        DashboardPart.Figures,
        DashboardPart.Agenda,
        DashboardPart.News,
        DashboardPart.Quiet,
        DashboardPart.Standing,
        DashboardPart.Ranking,
        DashboardPart.Trend,
        DashboardPart.Team,
    ];

    /// <summary>The parts that a change of a lead touches for a reader.</summary>
    public static DashboardPart TouchedBy(LeadChange change, Actor reader)
    {
        if (change.HasLeft)
        {
            return DashboardPart.Leads;
        }

        var parts = change.Kinds.Aggregate(DashboardPart.None, (all, kind) => all | TouchedBy(kind));
        if (change.KeepsFigures)
        {
            parts &= ~DashboardPart.Figures;
        }

        // What the reader did is no news to the reader.
        return change.ActorIds is [var only] && only == reader.UserId ? parts & ~DashboardPart.News : parts;
    }

    private static DashboardPart TouchedBy(LeadEventKind kind) =>
        kind switch
        {
            LeadEventKind.SyncStateChanged => DashboardPart.None,
            LeadEventKind.StageChanged => DashboardPart.News
                | DashboardPart.Figures
                | DashboardPart.Quiet
                | DashboardPart.Trend
                | DashboardPart.Team,
            LeadEventKind.Edited or LeadEventKind.ConflictKept => DashboardPart.News
                | DashboardPart.Figures
                | DashboardPart.Agenda
                | DashboardPart.Quiet
                | DashboardPart.Team,
            LeadEventKind.CommentAdded
            or LeadEventKind.CommentEdited
            or LeadEventKind.CommentDeleted
            or LeadEventKind.CommentRestored
            or LeadEventKind.ActivityAdded => DashboardPart.News | DashboardPart.Quiet | DashboardPart.Team,
            LeadEventKind.FollowUpAdded
            or LeadEventKind.FollowUpEdited
            or LeadEventKind.FollowUpDone
            or LeadEventKind.FollowUpReopened
            or LeadEventKind.FollowUpDeleted
            or LeadEventKind.FollowUpRestored => DashboardPart.News
                | DashboardPart.Agenda
                | DashboardPart.Quiet
                | DashboardPart.Team,
            _ => DashboardPart.Leads,
        };
}
