using ProPartHub.Domain.Catalogue;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Web.Components.Catalogue;
using Xunit;

namespace ProPartHub.Tests.Components.Catalogue;

/// <summary>What the browser keeps of a property's form brings back what was typed, rows that came and went included.</summary>
public sealed class PropertyDraftTests
{
    private static DevelopmentInput Stored { get; } =
        Offers.Input with
        {
            Units = [Offers.Unit(UnitType.Studio) with { SizeTo = 55.5m }, Offers.Unit() with { IsAvailable = false }],
        };

    [Fact]
    public void Form_SaysWhatItOpenedWith() => Assert.True(Stored.IsLike(PropertyDraft.Of(Stored).Input()));

    [Fact]
    public void EveryValue_ComesBack()
    {
        var draft = PropertyDraft.Of(null);

        draft.Write(PropertyDraft.Of(Stored).Values());

        Assert.True(Stored.IsLike(draft.Input()));
    }

    [Fact]
    public void WhatWasNotTyped_StaysAsItIsStored()
    {
        var draft = PropertyDraft.Of(Stored);
        var (gone, stays) = (draft.Units[0], draft.Units[1]);
        var added = new UnitDraft { Type = UnitType.SixRooms };

        draft.Write(
            new Dictionary<string, string?>
            {
                [nameof(PropertyDraft.City)] = "Інде",
                [PropertyDraft.UnitsName] = $"{stays.Id}\n{added.Id}\nmeddled",
                [stays.NameOf("Price")] = "1.5",
                [added.NameOf("Type")] = "SixRooms",
                [added.NameOf("IsAvailable")] = "true",
                [gone.NameOf("Price")] = "9",
            }
        );

        var input = draft.Input();
        Assert.Equal(("Затока", "Інде"), (input.Name, input.City));
        Assert.Equal([stays.Id, added.Id], input.Units.Select(unit => unit.Id));
        Assert.Equal((1.5m, false), (input.Units[0].Price, input.Units[0].IsAvailable));
        Assert.Equal(
            (UnitType.SixRooms, null, true),
            (input.Units[1].Type, input.Units[1].Price, input.Units[1].IsAvailable)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("багато")]
    [InlineData("1e9999")]
    public void WhatIsNoNumber_IsLeftToTheRules(string text)
    {
        var draft = PropertyDraft.Of(Stored);
        draft.PriceFrom = text;

        Assert.Equal(string.IsNullOrWhiteSpace(text) ? null : -1, draft.Input().PriceFrom);
    }
}
