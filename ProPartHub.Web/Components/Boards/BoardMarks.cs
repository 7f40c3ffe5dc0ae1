namespace ProPartHub.Web.Components.Boards;

/// <summary>What somebody else did to a card since the page was opened.</summary>
/// <param name="Changes">How often; each time it glows.</param>
/// <param name="By">Who did it last; null where that is not known or was the reader in another window.</param>
public sealed record CardMark(int Changes, string? By)
{
    /// <summary>Nothing was done to it.</summary>
    public static CardMark None { get; } = new(0, null);
}

/// <summary>The marks of an open board, those of cards long out of sight forgotten.</summary>
public sealed class BoardMarks
{
    private const int Most = 1000;
    private readonly Dictionary<Guid, CardMark> _marks = [];

    /// <summary>Marks that are kept.</summary>
    public int Count => _marks.Count;

    /// <summary>The mark of a card.</summary>
    public CardMark Of(Guid leadId) => _marks.GetValueOrDefault(leadId, CardMark.None);

    /// <summary>Somebody else changed a card.</summary>
    public void Add(Guid leadId, string? by) => _marks[leadId] = new CardMark(Of(leadId).Changes + 1, by);

    /// <summary>Forgets the marks of cards that are no longer held, once there are more than so many.</summary>
    internal void Forget(Board board, int most = Most)
    {
        if (_marks.Count > most)
        {
            var held = board.AllCards.Select(card => card.Id).ToHashSet();
            foreach (var leadId in _marks.Keys.Where(leadId => !held.Contains(leadId)).ToList())
            {
                _marks.Remove(leadId);
            }
        }
    }
}
