using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Why the hub itself sets a lead aside before HubSpot is asked for anything.</summary>
internal static class PushObstacle
{
    /// <summary>True for a made-up person: such people must never reach a real account.</summary>
    public static bool IsDemoLeak(SyncSession session, Lead lead) => lead.IsDemo && !session.Options.IsSandbox;

    /// <summary>True when no stage in HubSpot has the lead's meaning, so that no deal can be made.</summary>
    public static bool HasNoStage(LeadMap map, Lead lead) => map.Stages.ForHubSpot(lead.StageId) is null;

    /// <summary>One of <see cref="ParkedReason"/> for a lead without a deal; null when nothing is in its way.</summary>
    public static string? OfNew(SyncSession session, Lead lead) =>
        IsDemoLeak(session, lead) ? ParkedReason.DemoLead
        : HasNoStage(session.Map, lead) ? ParkedReason.NoStage
        : null;
}
