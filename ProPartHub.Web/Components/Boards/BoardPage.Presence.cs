using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Web.Components.Presence;

namespace ProPartHub.Web.Components.Boards;

/// <content>Who has the leads of the cards open: from memory, for the cards that are held.</content>
public sealed partial class BoardPage
{
    private readonly BoardPresence _present = new();
    private IDisposable? _reader;

    [Inject]
    private PresenceRoom Room { get; set; } = null!;

    [Inject]
    private PresentPeople Present { get; set; } = null!;

    private void WatchPeople() =>
        _reader = Room.Join(
            _actor!,
            leadIds =>
                _ = InvokeAsync(async () =>
                {
                    if (_board?.AllCards.Any(card => leadIds.Contains(card.Id)) == true)
                    {
                        await ShowPeopleAsync();
                    }
                })
        );

    private async Task ShowPeopleAsync()
    {
        try
        {
            if (_board is not { } board)
            {
                return;
            }

            var present = await Present.OfAsync(_actor!, board.AllCards.Select(card => card.Id), _closed.Token);
            foreach (var leadId in _present.Take(present))
            {
                if (_board.Find(leadId) is { } card && _board.ColumnOf(card) is { } column)
                {
                    _board.Window(column.Place.Key)!.Touch();
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // Without names nobody is shown; the next change asks again.
        }
    }
}
