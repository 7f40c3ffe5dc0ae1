using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Cuts a stretch out of an article's words, at the ends of words.</summary>
internal static class ArticleExcerpt
{
    private const int Before = 60;
    private const int Length = 180;

    /// <summary>The beginning.</summary>
    /// <param name="plain">The words, of which there may be more than are shown.</param>
    /// <param name="length">Most characters.</param>
    public static string Beginning(string plain, int length) => plain.Length < length ? plain : Cut(plain, 0, length);

    /// <summary>The first place at which one of the words stands; the beginning where none does.</summary>
    public static string Around(string plain, IReadOnlyList<string> words)
    {
        var at = 0;
        foreach (var piece in SearchMarks.Of(plain, words))
        {
            if (piece.IsFound)
            {
                return Cut(plain, Math.Max(0, at - Before), Length);
            }

            at += piece.Text.Length;
        }

        return Cut(plain, 0, Length);
    }

    private static string Cut(string plain, int start, int length)
    {
        if (start > 0)
        {
            var blank = plain.IndexOf(' ', start);
            start = blank >= 0 && blank < start + Before ? blank + 1 : start;
        }

        if (start + length >= plain.Length)
        {
            return start > 0 ? $"… {plain[start..]}" : plain;
        }

        var end = plain.LastIndexOf(' ', start + length, length);
        end = end > start ? end : start + length;
        return $"{(start > 0 ? "… " : "")}{plain[start..end]} …";
    }
}
