namespace ProPartHub.Domain.Knowledge;

/// <summary>What became of a line from one text to another.</summary>
public enum LineChange
{
    /// <summary>It is in both.</summary>
    Same,

    /// <summary>It is in the later one alone.</summary>
    Added,

    /// <summary>It is in the earlier one alone.</summary>
    Removed,
}

/// <summary>A line of a comparison.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Text">The line.</param>
/// <param name="Before">Its number in the earlier text, from 1; null where it is not in it.</param>
/// <param name="After">Its number in the later text.</param>
public sealed record ComparedLine(LineChange Change, string Text, int? Before, int? After);

/// <summary>Compares two texts by line, by their longest common subsequence.</summary>
public static class LineDifference
{
    /// <summary>All lines of both, in order; what was removed stands above what came in its place.</summary>
    /// <param name="before">The earlier text, at most <see cref="ArticleLimits.Lines"/> lines.</param>
    /// <param name="after">The later one.</param>
    public static IReadOnlyList<ComparedLine> Of(string before, string after)
    {
        var (old, young) = (before.Split('\n'), after.Split('\n'));
        var start = 0;
        while (start < old.Length && start < young.Length && old[start] == young[start])
        {
            start++;
        }

        var (oldEnd, youngEnd) = (old.Length, young.Length);
        while (oldEnd > start && youngEnd > start && old[oldEnd - 1] == young[youngEnd - 1])
        {
            (oldEnd, youngEnd) = (oldEnd - 1, youngEnd - 1);
        }

        var common = Common(old.AsSpan(start, oldEnd - start), young.AsSpan(start, youngEnd - start));
        var lines = new List<ComparedLine>(old.Length + young.Length);
        var (left, right) = (0, 0);
        while (left < old.Length || right < young.Length)
        {
            var isMiddle = left >= start && right >= start && (left < oldEnd || right < youngEnd);
            if (!isMiddle || IsCommon(left, right))
            {
                lines.Add(new(LineChange.Same, old[left], left + 1, right + 1));
                (left, right) = (left + 1, right + 1);
            }
            else if (
                left < oldEnd
                && (
                    right == youngEnd
                    || common[left - start + 1, right - start] >= common[left - start, right - start + 1]
                )
            )
            {
                lines.Add(new(LineChange.Removed, old[left], left + 1, null));
                left++;
            }
            else
            {
                lines.Add(new(LineChange.Added, young[right], null, right + 1));
                right++;
            }
        }

        return lines;

        bool IsCommon(int one, int other) => one < oldEnd && other < youngEnd && old[one] == young[other];
    }

    // How many lines the two have in common from a place of each on.
    private static ushort[,] Common(ReadOnlySpan<string> old, ReadOnlySpan<string> young)
    {
        var common = new ushort[old.Length + 1, young.Length + 1];
        for (var left = old.Length - 1; left >= 0; left--)
        {
            for (var right = young.Length - 1; right >= 0; right--)
            {
                common[left, right] =
                    old[left] == young[right]
                        ? (ushort)(common[left + 1, right + 1] + 1)
                        : Math.Max(common[left + 1, right], common[left, right + 1]);
            }
        }

        return common;
    }
}
