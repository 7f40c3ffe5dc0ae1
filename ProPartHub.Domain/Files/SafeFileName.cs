using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Files;

/// <summary>Makes what a person called a file harmless.</summary>
internal static class SafeFileName
{
    private const int LongestEnd = 10;

    /// <summary>
    /// The last part of a path, without what a file system or a header could misread; the end with the type stays.
    /// </summary>
    /// <param name="name">The person's name of it.</param>
    /// <param name="length">Longest answer, in characters.</param>
    public static string Clean(string name, int length)
    {
        // Some systems write й and ї as two characters, of which only the letters are kept below.
        var last = (ReadableText.Is(name) ? name.Normalize() : name).Split('/', '\\')[^1];
        var clean = string.Concat(
                last.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_' or '(' or ')')
            )
            .Trim();
        var end = Path.GetExtension(clean);
        var start = Path.GetFileNameWithoutExtension(clean).Trim(' ', '.');
        var room = length - Math.Min(end.Length, LongestEnd);
        start =
            start.Length == 0 ? "document"
            : start.Length > room ? start[..room]
            : start;
        return $"{start}{(end.Length > LongestEnd ? "" : end)}";
    }
}
