using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Boards;

/// <summary>What one column of a board stands for: which cards it holds and in which order.</summary>
public abstract record BoardPlace
{
    /// <summary>Names the column among those of its board.</summary>
    public abstract string Key { get; }

    /// <summary>True for a card that stands in the column.</summary>
    public abstract bool Holds(BoardCard card);

    /// <summary>Below zero when the first card stands above the second.</summary>
    public abstract int Compare(BoardCard first, BoardCard second);

    /// <summary>The leads of one page of the column, read from an index as far as the page reaches.</summary>
    internal abstract IQueryable<Lead> Leads(HubDbContext db, IQueryable<Lead> found, BoardSlice slice);
}

/// <summary>A column before its cards.</summary>
/// <param name="Place">What it stands for.</param>
/// <param name="Count">Leads in it that the actor may see.</param>
/// <param name="BudgetSum">Sum of their budgets in USD: the upper end, or the lower where it is open.</param>
public sealed record BoardColumn(BoardPlace Place, int Count, decimal BudgetSum);

/// <summary>Where a page of a column lies as seen from a card.</summary>
public enum SliceWay
{
    /// <summary>Below the card.</summary>
    Below = 1,

    /// <summary>Above the card; the nearest cards.</summary>
    Above,

    /// <summary>The card's own place and below.</summary>
    FromHere,
}

/// <summary>A page of a column.</summary>
/// <param name="Place">The column.</param>
/// <param name="Card">Where it lies; null for the column's beginning.</param>
/// <param name="Way">On which side of the card.</param>
/// <param name="Take">Cards wanted.</param>
public sealed record BoardSlice(
    BoardPlace Place,
    BoardCard? Card = null,
    SliceWay Way = SliceWay.Below,
    int Take = BoardQueries.CardsPerPage
)
{
    /// <summary>One more than wanted, which tells whether the column goes on.</summary>
    internal int Rows => Math.Clamp(Take, 1, BoardQueries.MostCards) + 1;
}

/// <summary>The cards of a page, in the column's order.</summary>
/// <param name="Place">The column.</param>
/// <param name="Cards">The cards.</param>
/// <param name="HasMore">True when the column goes on in that direction.</param>
public sealed record CardPage(BoardPlace Place, IReadOnlyList<BoardCard> Cards, bool HasMore);
