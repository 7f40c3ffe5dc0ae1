using CsCheck;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Boards;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>However a column is scrolled and changed, a board holds few of its cards, in order, and loses none for good.</summary>
public sealed class ColumnWindowTests
{
    private const int Size = 400;
    private static readonly AgentPlace Place = new(null, null);

    [Fact]
    public void Scrolling_DownToTheEndAndUpAgain_SeesEveryCard_AndHoldsFew()
    {
        var column = Cards(Size);
        var window = Open(column);
        var seen = new HashSet<long>();

        Walk(upwards: false);
        Assert.Equal(Size, seen.Count);
        Assert.True(window is { HasAbove: true, HasBelow: false });
        seen = [.. window.Cards.Select(card => card.Number)];
        Walk(upwards: true);

        Assert.Equal(Size, seen.Count);
        Assert.True(window is { HasAbove: false, HasBelow: true });

        void Walk(bool upwards)
        {
            while (upwards ? window.HasAbove : window.HasBelow)
            {
                Read(window, column, upwards);
                seen.UnionWith(window.Cards.Select(card => card.Number));
                Assert.InRange(window.Cards.Count, 1, ColumnWindow.Most);
            }
        }
    }

    [Fact]
    public void WhateverHappens_TheWindowIsARunOfTheColumn() =>
        Gen.Int[0, 3]
            .Select(Gen.Int[0, 999])
            .Array[1, 60]
            .Sample(acts =>
            {
                var column = Cards(Size / 2);
                var window = Open(column);
                foreach (var (act, number) in acts)
                {
                    if (act < 2)
                    {
                        Read(window, column, upwards: act == 1);
                    }
                    else if (act == 2)
                    {
                        var card = Card(number * 7);
                        column.RemoveAll(other => other.Id == card.Id);
                        column.Add(card);
                        column.Sort(Place.Compare);
                        window.Remove([card.Id]);
                        window.Put(card);
                    }
                    else if (column.Count > 1)
                    {
                        var gone = column[number % column.Count];
                        column.Remove(gone);
                        window.Remove([gone.Id]);
                    }

                    AssertRun(window, column);
                }
            });

    [Fact]
    public void CardAboveOrBelowThePartHeld_WaitsThere()
    {
        var column = Cards(Size);
        var window = Open(column);
        while (!window.HasAbove)
        {
            Read(window, column, upwards: false);
        }

        var before = window.Cards.ToList();
        Assert.False(window.Put(Card(Size * 2)));
        Assert.False(window.Put(Card(-1)));
        Assert.Equal(before, window.Cards);
        Assert.True(window.Put(Card(before[5].Number) with { Id = Guid.CreateVersion7() }));
    }

    private static void AssertRun(ColumnWindow window, List<BoardCard> column)
    {
        Assert.InRange(window.Cards.Count, 0, ColumnWindow.Most);
        if (window.Cards.Count == 0)
        {
            return;
        }

        var start = column.FindIndex(card => card.Id == window.Cards[0].Id);
        Assert.Equal(column.Skip(start).Take(window.Cards.Count), window.Cards);
        Assert.True(start == 0 || window.HasAbove, "Cards above are forgotten.");
        Assert.True(start + window.Cards.Count == column.Count || window.HasBelow, "Cards below are forgotten.");
    }

    private static ColumnWindow Open(List<BoardCard> column)
    {
        var window = new ColumnWindow(Place);
        window.Start(
            new CardPage(Place, [.. column.Take(BoardQueries.CardsPerPage)], column.Count > BoardQueries.CardsPerPage),
            hasAbove: false
        );
        return window;
    }

    // As the database answers.
    private static void Read(ColumnWindow window, List<BoardCard> column, bool upwards)
    {
        if (window.Further(upwards) is not { Card: { } from } || !(upwards ? window.HasAbove : window.HasBelow))
        {
            return;
        }

        var there = column.Where(card => Place.Compare(card, from) is var order && (upwards ? order < 0 : order > 0));
        List<BoardCard> found = [.. there];
        List<BoardCard> page =
        [
            .. upwards ? found.TakeLast(BoardQueries.CardsPerPage) : found.Take(BoardQueries.CardsPerPage),
        ];
        var answer = new CardPage(Place, page, found.Count > page.Count);
        if (upwards)
        {
            window.AddAbove(answer);
        }
        else
        {
            window.AddBelow(answer);
        }
    }

    private static List<BoardCard> Cards(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Card(number)).OrderByDescending(card => card.Number)];

    private static BoardCard Card(long number)
    {
        var id = new Guid((int)number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new BoardCard(
            id,
            number,
            $"Клієнт {number}",
            null,
            null,
            null,
            Guid.Empty,
            LeadStatus.New,
            DateTimeOffset.UnixEpoch,
            null,
            null,
            null,
            "USD",
            Attention.None,
            false,
            DateTimeOffset.UnixEpoch,
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            0
        );
    }
}
