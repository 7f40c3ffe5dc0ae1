using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Boards;

/// <content>Moving a card: shown at once, stored, and put back with the reason when it was refused.</content>
public sealed partial class BoardPage
{
    private BoardCard? _dragged;
    private (BoardCard Card, StageItem Stage)? _losing;
    private (Guid LeadId, long Number, string Text)? _gone;
    private string _reason = "";
    private ElementReference _reasonField;
    private bool _mustFocusReason;

    [Inject]
    private CardMoves Moves { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private IReadOnlyList<(BoardColumn Column, string Label)> Targets =>
        [
            .. (_board?.Columns ?? [])
                .Where(column => IsTarget(column.Place) || (_menu is { } card && column.Place.Holds(card)))
                .Select(column => (column, Label(column.Place))),
        ];

    private static bool IsTarget(BoardPlace place) =>
        place
            is StagePlace { Stage.IsRemoved: false }
                or AgentPlace
                or FollowUpPlace { Span: not (FollowUpSpan.Overdue or FollowUpSpan.None) };

    private async Task DropAsync(BoardColumn column)
    {
        if (_dragged is { } card)
        {
            _dragged = null;
            await MoveAsync(card, column);
        }
    }

    private async Task MoveAsync(BoardCard card, BoardColumn column)
    {
        (_message, _gone) = (null, null);
        if (column.Place.Holds(card))
        {
            return;
        }

        switch (column.Place)
        {
            case StagePlace { Stage: { Status: LeadStatus.Lost } stage }:
                (_losing, _mustFocusReason) = ((card, stage), true);
                break;
            case StagePlace { Stage: var stage }:
                await ToStageAsync(card, stage, null);
                break;
            case AgentPlace agent:
                await ToAgentAsync(card, agent);
                break;
            case FollowUpPlace { Span: var span, Days: var days }:
                await ToDayAsync(card, span, days);
                break;
        }
    }

    private async Task LoseAsync()
    {
        if (_losing is { } losing)
        {
            _losing = null;
            await ToStageAsync(losing.Card, losing.Stage, _reason);
        }
    }

    private Task ToStageAsync(BoardCard card, StageItem stage, string? reason) =>
        StoreAsync(
            card,
            card with
            {
                StageId = stage.Id,
                Status = stage.Status,
                StageChangedAt = Clock.GetUtcNow(),
            },
            () => Moves.ToStageAsync(_actor!, card, stage, reason, ShowAgainAsync, _closed.Token)
        );

    // To whom is known by then; the reason is asked for where the lead's own page asks.
    private async Task ToAgentAsync(BoardCard card, AgentPlace agent)
    {
        var choice = await TransferDialog.AskReasonAsync(
            Dialogs,
            Leads["Transfer_Title"],
            _actor!,
            agent.AgentId,
            agent.Name ?? T["Card_Pool"]
        );
        if (choice is not null)
        {
            await StoreAsync(
                card,
                card with
                {
                    AgentId = agent.AgentId,
                    AgentName = agent.Name,
                },
                () => Moves.ToAgentAsync(_actor!, card, agent, choice.Reason, ShowAgainAsync, _closed.Token)
            );
        }
    }

    private async Task ToDayAsync(BoardCard card, FollowUpSpan span, FollowUpDays days)
    {
        if (BoardDays.Due(span, days, card.FollowUpAt, Time) is not { } due)
        {
            _message = T["Planned_NoTarget"];
            return;
        }

        var id = card.FollowUpId ?? Guid.CreateVersion7();
        await StoreAsync(
            card,
            card with
            {
                FollowUpId = id,
                FollowUpAt = due,
            },
            () => Moves.ToDayAsync(_actor!, card, due, id, ShowAgainAsync, _closed.Token)
        );
    }

    private async Task StoreAsync(BoardCard card, BoardCard moved, Func<Task> store)
    {
        _board!.Move(card, moved);
        StateHasChanged();
        if (await TryAsync(store))
        {
            await TryAsync(() => ShowStoredAsync(moved));
        }
        else
        {
            await ReloadAsync();
        }
    }

    // A card that the filter hides where it was put, or that stands further down, must not seem to be lost.
    private async Task ShowStoredAsync(BoardCard moved)
    {
        var fresh = await Boards.CardsOfAsync(_actor!, _query!, [moved.Id], _closed.Token);
        var shown = _board!.Replace([moved.Id], fresh);
        if (shown.Count > 0)
        {
            return;
        }

        var place = _board.ColumnOf(fresh is [var stored] ? stored : moved)?.Place;
        var label = place is null ? "—" : Label(place);
        var key = fresh.Count > 0 ? "Gone_Further" : "Gone_Hidden";
        _gone = (moved.Id, moved.Number, T[key, moved.Number, moved.ClientName, label]);
        await RefreshFiguresAsync();
    }

    private async Task ShowAgainAsync()
    {
        if (!_closed.IsCancellationRequested)
        {
            _gone = null;
            await ReloadAsync();
            StateHasChanged();
        }
    }

    private async Task<bool> TryAsync(Func<Task> command)
    {
        try
        {
            await command();
            return true;
        }
        catch (InvalidInputException exception)
        {
            _message = Leads.Fault(exception.Errors[0]);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            _message = T[exception is NotFoundException ? "Move_Gone" : "Move_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = Leads["Save_Failed"];
        }

        return false;
    }
}
