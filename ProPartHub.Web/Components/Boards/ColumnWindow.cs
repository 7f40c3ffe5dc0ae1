using ProPartHub.Domain.Boards;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// The part of a column that an open board holds: at most <see cref="Most"/> cards, however many the column has. Reading on
/// in one direction releases cards at the other end; they are read again on the way back.
/// </summary>
public sealed class ColumnWindow(BoardPlace place)
{
    /// <summary>Most cards held and rendered of a column.</summary>
    public const int Most = BoardQueries.MostCards;

    private readonly List<BoardCard> _cards = [];

    /// <summary>The column.</summary>
    public BoardPlace Place { get; } = place;

    /// <summary>The cards held, in the column's order.</summary>
    public IReadOnlyList<BoardCard> Cards => _cards;

    /// <summary>True when the column has cards above those held.</summary>
    public bool HasAbove { get; private set; }

    /// <summary>True when the column has cards below those held.</summary>
    public bool HasBelow { get; private set; }

    /// <summary>Rises with each change of what is held.</summary>
    public int Version { get; private set; }

    /// <summary>What to read to hold the same part of the column again.</summary>
    public BoardSlice Again =>
        HasAbove && _cards.Count > 0
            ? new BoardSlice(Place, _cards[0], SliceWay.FromHere, Math.Max(_cards.Count, BoardQueries.CardsPerPage))
            : new BoardSlice(Place, Take: Math.Clamp(_cards.Count, BoardQueries.CardsPerPage, Most));

    /// <summary>What to read to go on, downwards or upwards; null where nothing is held to go on from.</summary>
    public BoardSlice? Further(bool upwards) =>
        _cards.Count == 0 ? null
        : upwards ? new BoardSlice(Place, _cards[0], SliceWay.Above)
        : new BoardSlice(Place, _cards[^1]);

    /// <summary>Something about the cards changed that is not in them, such as a mark.</summary>
    public void Touch() => Version++;

    /// <summary>Holds what was read by <see cref="Again"/>.</summary>
    public void Start(CardPage page, bool hasAbove)
    {
        _cards.Clear();
        _cards.AddRange(page.Cards);
        (HasAbove, HasBelow) = (hasAbove, page.HasMore);
        Version++;
    }

    /// <summary>Holds further cards below, and releases as many above as are too many.</summary>
    public void AddBelow(CardPage page)
    {
        _cards.AddRange(page.Cards.Where(card => !Has(card.Id)));
        HasBelow = page.HasMore;
        if (_cards.Count > Most)
        {
            _cards.RemoveRange(0, _cards.Count - Most);
            HasAbove = true;
        }

        Version++;
    }

    /// <summary>Holds further cards above, and releases as many below as are too many.</summary>
    public void AddAbove(CardPage page)
    {
        _cards.InsertRange(0, page.Cards.Where(card => !Has(card.Id)));
        HasAbove = page.HasMore;
        TrimBelow();
        Version++;
    }

    /// <summary>True when the card is held.</summary>
    public bool Has(Guid leadId) => _cards.Exists(card => card.Id == leadId);

    /// <summary>Takes cards out.</summary>
    public void Remove(IReadOnlyCollection<Guid> leadIds)
    {
        if (_cards.RemoveAll(card => leadIds.Contains(card.Id)) > 0)
        {
            Version++;
        }
    }

    /// <summary>Puts a card where it stands in the column.</summary>
    /// <returns>False for a card that stands above or below the part held; it comes when that is read.</returns>
    public bool Put(BoardCard card)
    {
        var index = _cards.FindIndex(other => Place.Compare(card, other) < 0);
        index = index < 0 ? _cards.Count : index;
        if ((index == 0 && HasAbove) || (index == _cards.Count && HasBelow))
        {
            return false;
        }

        _cards.Insert(index, card);
        TrimBelow();
        Version++;
        return true;
    }

    private void TrimBelow()
    {
        if (_cards.Count > Most)
        {
            _cards.RemoveRange(Most, _cards.Count - Most);
            HasBelow = true;
        }
    }
}
