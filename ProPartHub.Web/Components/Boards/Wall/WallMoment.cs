namespace ProPartHub.Web.Components.Boards.Wall;

/// <summary>A new lead that is being told of in large letters.</summary>
/// <param name="Card">The lead; where several came at once, the latest.</param>
/// <param name="By">Who registered it; null where that is not known.</param>
/// <param name="Others">How many more came while this is shown.</param>
internal sealed record WallMoment(Domain.Boards.BoardCard Card, string? By, int Others)
{
    /// <summary>How long it is shown, however many come meanwhile.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);
}
