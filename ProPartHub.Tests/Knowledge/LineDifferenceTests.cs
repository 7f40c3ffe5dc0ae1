using CsCheck;
using ProPartHub.Domain.Knowledge;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Two texts compared by line: both can be read from the comparison, and no line is called changed that is not.</summary>
public sealed class LineDifferenceTests
{
    [Fact]
    public void ChangedLine_IsRemovedAndAdded_BetweenThoseThatStay()
    {
        var lines = LineDifference.Of("а\nб\nв", "а\nг\nв\nд");

        Assert.Equal(
            ["=1,1 а", "-2, б", "+,2 г", "=3,3 в", "+,4 д"],
            lines.Select(line => $"{"=+-"[(int)line.Change]}{line.Before},{line.After} {line.Text}")
        );
    }

    [Fact]
    public void ComparedTexts_AreBothWholeInIt_AndTheCommonPartIsTheLongest() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 12], Gen.Int[0, 3].Array[0, 12])
            .Sample(
                (one, other) =>
                {
                    var (before, after) = (string.Join('\n', one), string.Join('\n', other));

                    var lines = LineDifference.Of(before, after);

                    Assert.Equal(before, Text(lines, LineChange.Added));
                    Assert.Equal(after, Text(lines, LineChange.Removed));
                    Assert.Equal(
                        Longest(before.Split('\n'), after.Split('\n')),
                        lines.Count(line => line.Change is LineChange.Same)
                    );
                },
                iter: 2_000
            );

    [Fact]
    public void LongestTexts_AreComparedSoon()
    {
        var lines = LineDifference.Of(
            string.Join('\n', Enumerable.Range(0, ArticleLimits.Lines)),
            string.Join('\n', Enumerable.Range(ArticleLimits.Lines, ArticleLimits.Lines))
        );

        Assert.Equal(2 * ArticleLimits.Lines, lines.Count);
    }

    private static string Text(IEnumerable<ComparedLine> lines, LineChange without) =>
        string.Join('\n', lines.Where(line => line.Change != without).Select(line => line.Text));

    // By trying every subset of the shorter text.
    private static int Longest(string[] one, string[] other)
    {
        var longest = 0;
        for (var chosen = 0; chosen < 1 << one.Length; chosen++)
        {
            var at = 0;
            var fits = true;
            for (var place = 0; place < one.Length && fits; place++)
            {
                if ((chosen >> place & 1) == 0)
                {
                    continue;
                }

                at = Array.IndexOf(other, one[place], at) + 1;
                fits = at > 0;
            }

            longest = fits ? Math.Max(longest, int.PopCount(chosen)) : longest;
        }

        return longest;
    }
}
