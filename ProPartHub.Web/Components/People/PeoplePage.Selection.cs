using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.People;

/// <summary>Whoever is chosen, also on other pages of the list, and the move of them to another manager.</summary>
public sealed partial class PeoplePage
{
    private readonly HashSet<Guid> _chosen = [];
    private TeamMovePlan? _done;
    private string? _fault;
    private bool _isUndone;
    private bool _isActing;

    [Inject]
    private TeamMove Moves { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private void Choose(Guid id, bool isChosen)
    {
        if (!isChosen)
        {
            _chosen.Remove(id);
        }
        else if (_chosen.Count < TeamMove.Most)
        {
            _chosen.Add(id);
        }
    }

    private void ChoosePage(bool isChosen)
    {
        foreach (var row in _page!.Rows)
        {
            Choose(row.Id, isChosen);
        }
    }

    private async Task MoveAsync()
    {
        if (await TeamMoveDialog.AskAsync(Dialogs, _actor!, [.. _chosen]) is not { } done)
        {
            return;
        }

        (_done, _isUndone, _fault) = (done, false, null);
        _chosen.Clear();
        await ReadAsync();
    }

    private async Task UndoAsync()
    {
        if (_isActing || _done is not { } done)
        {
            return;
        }

        (_isActing, _fault) = (true, null);
        try
        {
            _done = await Moves.UndoAsync(_actor!, done, CancellationToken.None);
            _isUndone = true;
            await ReadAsync();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _fault = T[key];
        }
        finally
        {
            _isActing = false;
        }
    }

    private void CloseReport() => _done = null;
}
