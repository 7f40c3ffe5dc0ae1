using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Boards;

/// <summary>What one open board shows: columns with their figures, and of each the cards read so far, newest first.</summary>
internal sealed class Board
{
    private readonly Dictionary<Guid, List<LeadRow>> _cards;

    public Board(IReadOnlyList<BoardColumn> columns, IEnumerable<LeadRow> cards)
    {
        Columns = columns;
        _cards = columns.ToDictionary(column => column.Stage.Id, _ => new List<LeadRow>());
        Add(cards);
    }

    /// <summary>The columns, from left to right.</summary>
    public IReadOnlyList<BoardColumn> Columns { get; set; }

    /// <summary>The cards shown, of all columns.</summary>
    public IReadOnlyList<LeadRow> AllCards => [.. _cards.Values.SelectMany(cards => cards)];

    /// <summary>The cards shown of a column.</summary>
    public IReadOnlyList<LeadRow> Cards(Guid stageId) => _cards.GetValueOrDefault(stageId) ?? [];

    /// <summary>Further cards of a column, below those shown.</summary>
    public void Add(IEnumerable<LeadRow> cards)
    {
        foreach (var card in cards)
        {
            if (_cards.TryGetValue(card.StageId, out var column) && column.TrueForAll(other => other.Id != card.Id))
            {
                column.Add(card);
            }
        }
    }

    /// <summary>
    /// Puts leads where they stand now, given their cards read afresh; those without a card leave. A card that would
    /// stand below what its column shows waits there for "more".
    /// </summary>
    /// <returns>The leads that are shown.</returns>
    public IReadOnlyList<Guid> Replace(IReadOnlyCollection<Guid> leadIds, IReadOnlyCollection<LeadRow> fresh)
    {
        foreach (var column in _cards.Values)
        {
            column.RemoveAll(card => leadIds.Contains(card.Id));
        }

        return [.. fresh.Where(Place).Select(card => card.Id)];
    }

    /// <summary>Shows a move before it is stored; the figures follow.</summary>
    public void Move(LeadRow card, Guid stageId, DateTimeOffset at)
    {
        var amount = card.Currency == "USD" ? card.BudgetTo ?? card.BudgetFrom ?? 0 : 0;
        Replace([card.Id], [card with { StageId = stageId, StageChangedAt = at }]);
        Columns =
        [
            .. Columns.Select(column =>
                column.Stage.Id == card.StageId
                    ? column with
                    {
                        Count = column.Count - 1,
                        BudgetSum = column.BudgetSum - amount,
                    }
                : column.Stage.Id == stageId
                    ? column with
                    {
                        Count = column.Count + 1,
                        BudgetSum = column.BudgetSum + amount,
                    }
                : column
            ),
        ];
    }

    private bool Place(LeadRow card)
    {
        if (!_cards.TryGetValue(card.StageId, out var column))
        {
            return false;
        }

        var index = column.FindIndex(other =>
            (card.StageChangedAt, card.Id).CompareTo((other.StageChangedAt, other.Id)) > 0
        );
        var total = Columns.FirstOrDefault(other => other.Stage.Id == card.StageId)?.Count ?? 0;
        if (index < 0 && column.Count > 0 && column.Count < total)
        {
            return false;
        }

        column.Insert(index < 0 ? column.Count : index, card);
        return true;
    }
}
