using System.Text;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>How a text is written. Numbers are stored.</summary>
public enum TextCoding
{
    /// <summary>UTF-8, with or without a byte order mark.</summary>
    Utf8 = 1,

    /// <summary>UTF-16, the lower byte first.</summary>
    Utf16 = 2,

    /// <summary>UTF-16, the higher byte first.</summary>
    Utf16BigEndian = 3,

    /// <summary>Windows-1251, as old programs write Cyrillic.</summary>
    Windows1251 = 4,
}

/// <summary>How a text of rows is written and divided.</summary>
/// <param name="Coding">Its encoding.</param>
/// <param name="Separator">What divides its cells.</param>
public sealed record TextShape(TextCoding Coding, char Separator)
{
    private const int Sampled = 64 * 1024;
    private const int SampledRows = 50;

    /// <summary>What may divide cells.</summary>
    public static IReadOnlyList<char> Separators { get; } = [',', ';', '\t', '|'];

    /// <summary>Finds the shape of a text.</summary>
    /// <param name="content">The file.</param>
    /// <param name="coding">What a person says of its encoding; null to find it.</param>
    /// <exception cref="UnreadableFileException">It is no text.</exception>
    public static TextShape Of(ReadOnlySpan<byte> content, TextCoding? coding = null)
    {
        var known = coding ?? CodingOf(content);
        var sample = content[..Math.Min(content.Length, Sampled)];
        var text = EncodingOf(known).GetString(sample).TrimStart('\uFEFF');
        return new TextShape(known, SeparatorOf(text));
    }

    /// <summary>The encoding, which takes what it cannot read for the replacement character.</summary>
    public static Encoding EncodingOf(TextCoding coding) =>
        coding switch
        {
            TextCoding.Utf16 => Encoding.Unicode,
            TextCoding.Utf16BigEndian => Encoding.BigEndianUnicode,
            TextCoding.Windows1251 => CodePagesEncodingProvider.Instance.GetEncoding(1251)!,
            _ => Encoding.UTF8,
        };

    private static TextCoding CodingOf(ReadOnlySpan<byte> content)
    {
        if (content is [0xEF, 0xBB, 0xBF, ..])
        {
            return TextCoding.Utf8;
        }

        if (content is [0xFF, 0xFE, ..])
        {
            return TextCoding.Utf16;
        }

        if (content is [0xFE, 0xFF, ..])
        {
            return TextCoding.Utf16BigEndian;
        }

        var sample = content[..Math.Min(content.Length, Sampled)];
        if (sample.Contains((byte)0))
        {
            return WithoutMark(sample);
        }

        return IsUtf8(content) ? TextCoding.Utf8 : TextCoding.Windows1251;
    }

    // Separators and line ends have a zero for their higher byte: on one side there are many, on the other none.
    private static TextCoding WithoutMark(ReadOnlySpan<byte> sample)
    {
        int even = 0,
            odd = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
            {
                _ = i % 2 == 0 ? even++ : odd++;
            }
        }

        return even == 0 ? TextCoding.Utf16
            : odd == 0 ? TextCoding.Utf16BigEndian
            : throw new UnreadableFileException(FileTrouble.WrongKind);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> content) => System.Text.Unicode.Utf8.IsValid(content);

    // What gives the most rows the same number of cells, more than one; of equals the one with more cells.
    private static char SeparatorOf(string text)
    {
        if (
            text.Length > 5
            && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            && Separators.Contains(text[4])
        )
        {
            return text[4];
        }

        return Separators
            .Select(separator => (Separator: separator, Counts: CountsBy(text, separator)))
            .Where(found => found.Counts.Count > 0 && found.Counts[0] > 1)
            .OrderByDescending(found =>
                found.Counts.Count(count => count == found.Counts[0]) / (double)found.Counts.Count
            )
            .ThenByDescending(found => found.Counts[0])
            .Select(found => found.Separator)
            .FirstOrDefault(',');
    }

    private static List<int> CountsBy(string text, char separator)
    {
        var counts = new List<int>();
        var (cells, isQuoted, isStart, isEmpty) = (1, false, true, true);
        foreach (var letter in text)
        {
            if (letter == '"' && (isStart || isQuoted))
            {
                (isQuoted, isStart, isEmpty) = (!isQuoted, isQuoted, false);
            }
            else if (isQuoted)
            {
                continue;
            }
            else if (letter is '\n' or '\r')
            {
                if (!isEmpty)
                {
                    counts.Add(cells);
                    if (counts.Count == SampledRows)
                    {
                        return counts;
                    }
                }

                (cells, isStart, isEmpty) = (1, true, true);
            }
            else
            {
                isStart = letter == separator;
                cells += isStart ? 1 : 0;
                isEmpty = false;
            }
        }

        // The last row of a sample may be cut; of a whole text it counts.
        if (!isEmpty && !isQuoted && (text.Length < Sampled / 2 || counts.Count == 0))
        {
            counts.Add(cells);
        }

        return counts;
    }
}
