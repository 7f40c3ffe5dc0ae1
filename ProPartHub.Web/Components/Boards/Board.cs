using ProPartHub.Domain.Boards;

namespace ProPartHub.Web.Components.Boards;

/// <summary>What one open board shows: columns with their figures, and of each the part that is held.</summary>
internal sealed class Board
{
    private readonly Dictionary<string, ColumnWindow> _windows;

    /// <summary>Columns whose cards are still to be read by <see cref="Slices"/> and shown by <see cref="Show"/>.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="before">The board in whose place it comes: each column goes on where it was.</param>
    public Board(IReadOnlyList<BoardColumn> columns, Board? before)
    {
        Columns = columns;
        Slices =
        [
            .. columns.Select(column =>
                before?.Window(column.Place.Key) is { } window
                    ? window.Again with
                    {
                        Place = column.Place,
                    }
                    : new BoardSlice(column.Place)
            ),
        ];
        _windows = columns.ToDictionary(column => column.Place.Key, column => new ColumnWindow(column.Place));
    }

    /// <summary>The columns, from left to right.</summary>
    public IReadOnlyList<BoardColumn> Columns { get; private set; }

    /// <summary>The pages that show what the columns showed before.</summary>
    public IReadOnlyList<BoardSlice> Slices { get; }

    /// <summary>The cards held, of all columns.</summary>
    public IEnumerable<BoardCard> AllCards => _windows.Values.SelectMany(window => window.Cards);

    /// <summary>What is held of a column.</summary>
    public ColumnWindow? Window(string key) => _windows.GetValueOrDefault(key);

    /// <summary>A card that is held.</summary>
    public BoardCard? Find(Guid leadId) => AllCards.FirstOrDefault(card => card.Id == leadId);

    /// <summary>The column in which a card stands; null where the board has none for it.</summary>
    public BoardColumn? ColumnOf(BoardCard card) => Columns.FirstOrDefault(column => column.Place.Holds(card));

    /// <summary>The column of a key.</summary>
    public BoardColumn? Column(string key) => Columns.FirstOrDefault(column => column.Place.Key == key);

    /// <summary>The column so many places beside that of a card; null beyond the edge.</summary>
    public BoardColumn? Beside(BoardCard card, int step)
    {
        var index = Columns.ToList().FindIndex(column => column.Place.Holds(card));
        return index < 0 ? null : Columns.ElementAtOrDefault(index + step);
    }

    /// <summary>Shows the pages of <see cref="Slices"/>.</summary>
    public void Show(IEnumerable<CardPage> pages)
    {
        foreach (var (slice, page) in Slices.Zip(pages))
        {
            _windows[slice.Place.Key].Start(page, hasAbove: slice.Way is SliceWay.FromHere);
        }
    }

    /// <summary>Takes figures read afresh.</summary>
    /// <returns>False when there are other columns than before; then the board has to be read anew.</returns>
    public bool TakeFigures(IReadOnlyList<BoardColumn> columns)
    {
        if (!columns.Select(column => column.Place.Key).SequenceEqual(Columns.Select(column => column.Place.Key)))
        {
            return false;
        }

        Columns = columns;
        return true;
    }

    /// <summary>
    /// Puts leads where they stand now, given their cards read afresh; those without a card leave. A card that would stand
    /// outside the part that its column holds waits there.
    /// </summary>
    /// <returns>The leads that are shown.</returns>
    public IReadOnlyList<Guid> Replace(IReadOnlyCollection<Guid> leadIds, IReadOnlyCollection<BoardCard> fresh)
    {
        foreach (var window in _windows.Values)
        {
            window.Remove(leadIds);
        }

        return [.. fresh.Where(Put).Select(card => card.Id)];
    }

    /// <summary>Shows a move before it is stored; the figures follow.</summary>
    public void Move(BoardCard card, BoardCard moved)
    {
        Replace([card.Id], [moved]);
        Columns =
        [
            .. Columns.Select(column =>
                column with
                {
                    Count = column.Count + Sign(column),
                    BudgetSum = column.BudgetSum + (Sign(column) * card.Amount),
                }
            ),
        ];

        int Sign(BoardColumn column) => (column.Place.Holds(moved) ? 1 : 0) - (column.Place.Holds(card) ? 1 : 0);
    }

    private bool Put(BoardCard card) => ColumnOf(card) is { } column && _windows[column.Place.Key].Put(card);
}
