using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The counts of the preview, each under the name by which its texts are found.</summary>
internal static class PreviewCount
{
    /// <summary>Those of the summary; what happens seldom only where it happens.</summary>
    public static IEnumerable<(string Name, int Count)> Shown(PreviewSummary summary) =>
        All(summary)
            .Where(pair => pair.Count > 0 || pair.Name is not (nameof(summary.Recognised) or nameof(summary.SetAside)));

    /// <summary>Those that are not nought.</summary>
    public static IEnumerable<(string Name, int Count)> Happening(PreviewSummary summary) =>
        All(summary).Where(pair => pair.Count > 0);

    private static (string Name, int Count)[] All(PreviewSummary summary) =>
        [
            (nameof(summary.Deals), summary.Deals),
            (nameof(summary.Linked), summary.Linked),
            (nameof(summary.Contacts), summary.Contacts),
            (nameof(summary.FilledThere), summary.FilledThere),
            (nameof(summary.FilledHere), summary.FilledHere),
            (nameof(summary.Overwritten), summary.Overwritten),
            (nameof(summary.Edits), summary.Edits),
            (nameof(summary.Comments), summary.Comments),
            (nameof(summary.FollowUps), summary.FollowUps),
            (nameof(summary.Recognised), summary.Recognised),
            (nameof(summary.SetAside), summary.SetAside),
        ];
}
