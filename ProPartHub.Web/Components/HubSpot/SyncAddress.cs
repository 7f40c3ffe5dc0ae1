namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The lists of the sync page.</summary>
internal enum SyncView
{
    /// <summary>What HubSpot refuses.</summary>
    Parked,

    /// <summary>What is to be carried to HubSpot.</summary>
    Waiting,

    /// <summary>Fields changed on both sides.</summary>
    Conflicts,

    /// <summary>What of HubSpot is not understood here.</summary>
    Problems,

    /// <summary>HubSpot's stages and what they mean.</summary>
    Stages,

    /// <summary>HubSpot's owners and who they are.</summary>
    Owners,

    /// <summary>What the sync did.</summary>
    Log,

    /// <summary>Which parts are exchanged.</summary>
    Switches,

    /// <summary>Whether the token may do all that is needed.</summary>
    Check,
}

/// <summary>List and page as the sync page's address; a value that makes no sense counts as absent.</summary>
internal static class SyncAddress
{
    public const string Path = "/admin/sync";
    public const string ViewKey = "view";
    public const string PageKey = "page";
    public const string BeforeKey = "before";
    public const string OnlyKey = "only";

    private const string Failed = "failed";
    private const string Differing = "differing";

    public static string Write(SyncView view, int page = 1)
    {
        var address = view is SyncView.Parked ? Path : $"{Path}?{ViewKey}={view.ToString().ToLowerInvariant()}";
        return page <= 1 ? address : $"{address}{(view is SyncView.Parked ? '?' : '&')}{PageKey}={page}";
    }

    public static string WriteLog(bool onlyFailed, long? before = null) =>
        Write(SyncView.Log)
        + (onlyFailed ? $"&{OnlyKey}={Failed}" : null)
        + (before is null ? null : $"&{BeforeKey}={before}");

    public static string WritePreview(bool onlyDiffering, int page = 1) =>
        Write(SyncView.Waiting, page) + (onlyDiffering ? $"&{OnlyKey}={Differing}" : null);

    public static bool ReadOnlyFailed(string? text) => text == Failed;

    public static bool ReadOnlyDiffering(string? text) => text == Differing;

    public static SyncView ReadView(string? text) =>
        Enum.TryParse<SyncView>(text, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : SyncView.Parked;

    /// <summary>The key of the last row of the page before; null for whatever makes no sense.</summary>
    public static long? ReadBefore(string? text) => long.TryParse(text, out var before) ? before : null;
}
