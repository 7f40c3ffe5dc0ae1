using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Web.Components.Shared;

/// <summary>What to say when an act could not be carried out.</summary>
internal static class RefusedAct
{
    /// <summary>The key of a text that each page has in its own words; null for a failure that has no words of its own and must not be swallowed.</summary>
    public static string? KeyOf(Exception exception) =>
        exception is ForbiddenException ? "Act_Forbidden"
        : DatabaseOutage.Is(exception) ? "Act_Failed"
        : null;
}
