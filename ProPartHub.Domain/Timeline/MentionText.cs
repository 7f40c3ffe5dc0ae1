namespace ProPartHub.Domain.Timeline;

/// <summary>Somebody named in a comment, for its reader.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Written">The name as the text has it.</param>
/// <param name="Name">The name of today.</param>
public sealed record MentionView(Guid UserId, string Written, string Name);

/// <summary>A stretch of a comment's text.</summary>
/// <param name="Text">Plain text; of a mention the name of today with an @ in front.</param>
/// <param name="UserId">Who is named; null for plain text.</param>
public sealed record CommentPart(string Text, Guid? UserId);

/// <summary>Names in texts: an @, at the beginning or after what is no letter, and a person's whole name.</summary>
public static class MentionText
{
    /// <summary>Most people named in one comment; further names are plain text.</summary>
    public const int Most = 20;

    /// <summary>Finds those of some people who are named in a text, in the order of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="people">Who may be named. People of one name are all named by it.</param>
    /// <returns>The people, each once, with the name as the text has it.</returns>
    public static IReadOnlyList<(Guid UserId, string Written)> Find(
        string text,
        IReadOnlyCollection<(Guid Id, string Name)> people
    )
    {
        // The longer name first: "@Anna Maria" does not name "Anna".
        var byLength = people
            .Where(person => person.Name.Length > 0)
            .OrderByDescending(person => person.Name.Length)
            .ToList();
        var found = new List<(Guid UserId, string Written)>();
        for (var at = NextAt(text, 0); at >= 0; at = NextAt(text, at + 1))
        {
            if (byLength.FirstOrDefault(person => Stands(text, at + 1, person.Name)) is { Name: { } name })
            {
                var written = text.Substring(at + 1, name.Length);
                found.AddRange(
                    byLength
                        .Where(person => person.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                        .Select(person => (person.Id, written))
                );
            }
        }

        return [.. found.DistinctBy(mention => mention.UserId).Take(Most)];
    }

    /// <summary>True where a text names somebody by this very name.</summary>
    public static bool Names(string text, string written)
    {
        for (var at = NextAt(text, 0); at >= 0; at = NextAt(text, at + 1))
        {
            if (Stands(text, at + 1, written))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Parts a text at the names in it, and puts the names of today in their place.</summary>
    public static IReadOnlyList<CommentPart> Parts(string text, IReadOnlyList<MentionView> mentions)
    {
        if (mentions.Count == 0)
        {
            return [new(text, null)];
        }

        var byLength = mentions.OrderByDescending(mention => mention.Written.Length).ToList();
        var parts = new List<CommentPart>();
        var (begin, next) = (0, 0);
        for (var at = NextAt(text, next); at >= 0; at = NextAt(text, next))
        {
            next = at + 1;
            if (byLength.FirstOrDefault(mention => Stands(text, at + 1, mention.Written)) is not { } named)
            {
                continue;
            }

            if (at > begin)
            {
                parts.Add(new(text[begin..at], null));
            }

            parts.Add(new($"@{named.Name}", named.UserId));
            // A name may have an @ of its own.
            begin = next = at + 1 + named.Written.Length;
        }

        if (begin < text.Length)
        {
            parts.Add(new(text[begin..], null));
        }

        return parts;
    }

    /// <summary>A text with the names of today, as plain text.</summary>
    public static string Shown(string text, IReadOnlyList<MentionView> mentions) =>
        string.Concat(Parts(text, mentions).Select(part => part.Text));

    // In "a@b.example" the @ names nobody.
    private static int NextAt(string text, int from)
    {
        for (var at = text.IndexOf('@', from); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool Stands(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + name.Length <= text.Length
        && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]));
}
