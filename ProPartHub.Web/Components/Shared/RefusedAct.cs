using ProPartHub.Domain.Errors;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>What to say when a decision about the exchange could not be carried out.</summary>
internal static class RefusedAct
{
    /// <summary>The text's key; null for a failure that has no words of its own and must not be swallowed.</summary>
    public static string? KeyOf(Exception exception) =>
        exception is ForbiddenException ? "Act_Forbidden"
        : DatabaseOutage.Is(exception) ? "Act_Failed"
        : null;
}
