using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Live;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <content>What others do: their cards move, glow and say who it was; those who listen are told in a sentence.</content>
public sealed partial class BoardPage
{
    private readonly BoardNews _waitingNews = new();
    private ChangeNames? _names;
    private string? _news;

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            if (batch.MustRefresh || _board is null)
            {
                // A failure goes to the pump, which asks again: nobody else would tell this page of the change.
                var before = _board?.AllCards.ToDictionary(card => card.Id) ?? [];
                await ReadAsync();
                foreach (var card in _board!.AllCards.Where(card => DiffersFrom(before, card)).ToList())
                {
                    Mark(card, null);
                }
            }
            else
            {
                await ShowChangesAsync(batch.Changes);
                if (batch.Changes.Any(MovesFigures))
                {
                    _ = _figures!.AskAsync();
                }
            }

            StateHasChanged();
        });

    // Under a filter any edit may bring a lead in or take it out; columns of agents and days are made of more than figures.
    private bool MovesFigures(LeadChange change) =>
        !change.KeepsFigures || _asked.Filter.HasFilters || _asked.Grouping is not BoardGrouping.Stage;

    private async Task ShowChangesAsync(IReadOnlyList<LeadChange> changes)
    {
        var ids = changes.Select(change => change.LeadId).ToList();
        var fresh = await Boards.CardsOfAsync(_actor!, _query!, ids, _closed.Token);
        await _names!.LearnAsync(changes, _closed.Token);
        var board = _board!;
        var before = ids.Select(board.Find).OfType<BoardCard>().ToDictionary(card => card.Id);
        board.Replace(ids, fresh);
        await ShowPeopleAsync();
        var byId = changes.ToDictionary(change => change.LeadId);
        foreach (var card in fresh)
        {
            var change = byId[card.Id];
            var isOwn = change.ActorIds.Count > 0 && change.ActorIds.All(id => id == _actor!.UserId);

            // One's own move is on the board since it was made; in another window of one's own it is news.
            if (!isOwn || !IsAt(before, card))
            {
                Mark(card, isOwn ? null : NamesOf(change));
            }

            if (!isOwn && before.ContainsKey(card.Id) && !IsAt(before, card))
            {
                Tell(card, NamesOf(change));
            }
        }
    }

    private void Mark(BoardCard card, string? by)
    {
        _marks.Add(card.Id, by);
        if (_board!.ColumnOf(card) is { } column)
        {
            _board.Window(column.Place.Key)!.Touch();
        }
    }

    // Both cards stand in the same column.
    private bool IsAt(Dictionary<Guid, BoardCard> before, BoardCard card) =>
        before.TryGetValue(card.Id, out var earlier)
        && _board!.ColumnOf(earlier)?.Place.Key == _board.ColumnOf(card)?.Place.Key;

    private static bool DiffersFrom(Dictionary<Guid, BoardCard> before, BoardCard card) =>
        before.TryGetValue(card.Id, out var earlier) && earlier != card;

    private void Tell(BoardCard card, string? by)
    {
        if (_board!.ColumnOf(card) is { } column)
        {
            var label = Label(column.Place);
            _waitingNews.Add(T["News_Moved", by ?? T["News_Somebody"].Value, card.Number, card.ClientName, label]);
            _ = _newsLater!.AskAsync();
        }
    }

    private Task TellNewsAsync()
    {
        var (sentences, more) = _waitingNews.Take();
        _news = string.Join(" ", more == 0 ? sentences : [.. sentences, T.Plural("News_More", more)]);
        StateHasChanged();
        return Task.CompletedTask;
    }

    private string? NamesOf(LeadChange change) => _names!.Of(change, leftOut: _actor!.UserId);
}
