namespace ProPartHub.Web.Components.Shared;

/// <summary>A person in two letters.</summary>
internal static class Initials
{
    /// <summary>The first letters of the first two words of a name or mail address.</summary>
    public static string Of(string name) =>
        string.Concat(
                name.Split([' ', '.', '@'], StringSplitOptions.RemoveEmptyEntries)
                    .Where(word => char.IsLetterOrDigit(word[0]))
                    .Take(2)
                    .Select(word => word[0])
            )
            .ToUpperInvariant();
}
