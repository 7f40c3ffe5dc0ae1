using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;

namespace ProPartHub.Web.Components.Boards.Wall;

/// <content>What people do: cards move and say who it was, a new lead has its moment.</content>
public sealed partial class WallPage
{
    private WallMoment? _moment;

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            if (batch.MustRefresh || _board is null)
            {
                // A failure goes to the pump, which asks again: nobody else would tell the wall of the change.
                await ReadAsync();
            }
            else
            {
                await ShowChangesAsync(batch.Changes);
                _ = _figures!.AskAsync();
            }

            StateHasChanged();
        });

    private async Task ShowChangesAsync(IReadOnlyList<LeadChange> changes)
    {
        var ids = changes.Select(change => change.LeadId).ToList();
        var fresh = await Boards.CardsOfAsync(_actor!, _query!, ids, _closed.Token);
        await _names!.LearnAsync(changes, _closed.Token);
        var board = _board!;
        var shown = board.Replace(ids, fresh).ToHashSet();
        var cards = fresh.ToDictionary(card => card.Id);
        foreach (var change in changes.Where(change => cards.ContainsKey(change.LeadId)))
        {
            // Whoever looks at a wall is nobody's reader: what its own account did is news too.
            var by = _names.Of(change, leftOut: null);
            if (shown.Contains(change.LeadId))
            {
                _marks.Add(change.LeadId, by);
            }

            if (change.Kinds.Contains(LeadEventKind.Created))
            {
                Celebrate(new WallMoment(cards[change.LeadId], by, 0));
            }
        }

        _marks.Forget(board, most: 0);
    }

    // One moment at a time: what comes during it is counted there, so that a flood neither queues nor stays for ever.
    private void Celebrate(WallMoment moment)
    {
        var isFirst = _moment is null;
        _moment = isFirst ? moment : moment with { Others = _moment!.Others + 1 };
        if (isFirst)
        {
            _ = EndMomentAsync();
        }
    }

    private async Task EndMomentAsync()
    {
        try
        {
            await Task.Delay(WallMoment.Lasts, Clock, _closed.Token);
            _moment = null;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The wall was left.
        }
    }

    private IEnumerable<string> Said(WallMoment moment)
    {
        if ((moment.Card.AgentName ?? moment.By) is { } who)
        {
            yield return who;
        }

        if (moment.Card.Country is { } country)
        {
            yield return Leads.Option(Book, LeadField.Country, country);
        }
    }
}
