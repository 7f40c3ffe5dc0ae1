namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// The number of a page in an address. Read by hand, since Blazor gives a whole page up where a query value is not of its
/// parameter's type.
/// </summary>
internal static class PageNumber
{
    /// <summary>The number, from 1; 1 for whatever makes no sense.</summary>
    public static int Read(string? text) => int.TryParse(text, out var number) && number > 0 ? number : 1;
}
