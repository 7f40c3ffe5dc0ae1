using CsCheck;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Searching;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class SearchMarksTests
{
    [Theory]
    [InlineData("Петренко Олена", "petr", "[Петр]енко Олена")]
    [InlineData("Щербак", "shcher", "[Щер]бак")]
    [InlineData("Щербак", "shc", "[Щ]ербак")]
    [InlineData("Мар’яна", "мар'яна", "[Мар’яна]")]
    [InlineData("+380 50 123 45 67", "0501234", "+38[0 50 123 4]5 67")]
    [InlineData("L-10482 · +380 50 104 82 00", "10482", "L-[10482] · +380 50 [104 82] 00")]
    [InlineData("Ганна", "нн", "Га[нн]а")]
    [InlineData("Олена", "taras", "Олена")]
    [InlineData("👋 José", "jose", "👋 [José]")]
    public void Of_MarksWhatWasFound(string text, string typed, string expected) =>
        Assert.Equal(
            expected,
            string.Concat(
                SearchMarks
                    .Of(text, LeadReadings.WordsOf(typed))
                    .Select(piece => piece.IsFound ? $"[{piece.Text}]" : piece.Text)
            )
        );

    [Fact]
    public void Of_AnyText_LosesNothingOfIt() =>
        Gen.Select(Gen.String, Gen.String)
            .Sample(pair =>
                string.Concat(SearchMarks.Of(pair.Item1, LeadReadings.WordsOf(pair.Item2)).Select(piece => piece.Text))
                == SearchText.Composed(pair.Item1)
            );

    [Theory]
    [InlineData("jktyf", "олена")]
    [InlineData("JKTYF", "олена")]
    [InlineData("щдутф", "olena")]
    [InlineData("цщкфы", "woras")]
    [InlineData("Їжак", "];fr")]
    [InlineData("12345", null)]
    [InlineData("Олена olena", null)]
    public void Layout_IsReadTheOtherWay(string typed, string? expected) =>
        Assert.Equal(expected, KeyboardLayout.Swapped(typed));

    [Fact]
    public void Layout_HasASignOfEachAlphabetForEachKey()
    {
        Assert.Equal(KeyboardLayout.Latin.Length, KeyboardLayout.Cyrillic.Length);
        Assert.Equal(KeyboardLayout.Latin.Length, KeyboardLayout.Latin.Distinct().Count());
        Assert.Equal(KeyboardLayout.Cyrillic.Length, KeyboardLayout.Cyrillic.Distinct().Count());
        Assert.Equal(0, KeyboardLayout.OtherLetters.Length % 2);
    }
}
