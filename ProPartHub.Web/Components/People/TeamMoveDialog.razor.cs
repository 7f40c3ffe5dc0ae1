using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.People;

/// <summary>
/// Asks to which manager the chosen people go, says what will change before anything does, and moves them. Where that fails
/// it stays open and says why.
/// </summary>
public sealed partial class TeamMoveDialog
{
    private IReadOnlyList<Choice>? _managers;
    private Choice? _chosen;
    private TeamMovePlan? _plan;
    private string? _fault;
    private bool _isActing;

    /// <summary>Who asks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whom to move.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyCollection<Guid> Ids { get; set; } = [];

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private TeamMove Moves { get; set; } = null!;

    private int Moving => _plan?.Of(TeamMoveOutcome.Moves).Count ?? 0;

    /// <summary>Shows the dialog and waits for the move.</summary>
    /// <returns>What was changed; null when the dialog was closed without a move.</returns>
    public static async Task<TeamMovePlan?> AskAsync(IDialogService dialogs, Actor actor, IReadOnlyCollection<Guid> ids)
    {
        var parameters = new DialogParameters<TeamMoveDialog>
        {
            { dialog => dialog.Actor, actor },
            { dialog => dialog.Ids, ids },
        };
        var shown = await dialogs.ShowAsync<TeamMoveDialog>(null, parameters);
        return (await shown.Result)?.Data as TeamMovePlan;
    }

    protected override Task OnInitializedAsync() =>
        TryAsync(async () =>
            _managers = [
                .. (await Moves.ManagersAsync(Actor, CancellationToken.None)).Select(manager => new Choice(
                    manager.Id.ToString(),
                    manager.Name,
                    manager.TeamName
                )),
            ]
        );

    private Task ChooseAsync(Choice choice)
    {
        (_chosen, _plan) = (choice, null);
        return TryAsync(async () =>
        {
            var plan = await Moves.PlanAsync(Actor, Ids, Guid.Parse(choice.Id), CancellationToken.None);

            // Another may have been chosen while this one was thought about.
            if (_chosen == choice)
            {
                (_plan, _fault) = (plan, plan is null ? T["Move_ManagerGone"].Value : null);
            }
        });
    }

    private async Task MoveAsync()
    {
        if (_isActing || _plan is not { } plan)
        {
            return;
        }

        _isActing = true;
        await TryAsync(async () =>
        {
            if (await Moves.MoveAsync(Actor, Ids, plan.ManagerId, CancellationToken.None) is { } done)
            {
                Dialog.Close(done);
            }
            else
            {
                (_plan, _fault) = (null, T["Move_ManagerGone"]);
            }
        });
        _isActing = false;
    }

    private async Task TryAsync(Func<Task> command)
    {
        _fault = null;
        try
        {
            await command();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _fault = T[key];
        }
    }

    // Also who does not move: in a long list that would be seen last.
    private string Sum(TeamMovePlan plan)
    {
        var parts = new List<string>
        {
            Moving == 0 ? T["Move_MovesNobody", plan.TeamName, plan.ManagerName]
            : plan.Leads == 0 ? T.Plural("Move_Moves", Moving, plan.TeamName, plan.ManagerName) + "."
            : $"{T.Plural("Move_Moves", Moving, plan.TeamName, plan.ManagerName)}, {T.Plural("Move_Along", plan.Leads)}.",
        };
        parts.AddRange(Staying(plan).Select(group => group.Title + "."));
        return string.Join(' ', parts);
    }

    private IEnumerable<(string Title, IReadOnlyList<TeamMoveRow> Rows)> Groups(TeamMovePlan plan) =>
        Moving == 0 ? Staying(plan) : [.. Staying(plan), (T["Move_Moving"], plan.Of(TeamMoveOutcome.Moves))];

    private IEnumerable<(string Title, IReadOnlyList<TeamMoveRow> Rows)> Staying(TeamMovePlan plan)
    {
        if (plan.Refused is { Count: > 0 } refused)
        {
            yield return (T.Plural("Move_Refused", refused.Count), refused);
        }

        if (plan.Of(TeamMoveOutcome.AlreadyThere) is { Count: > 0 } there)
        {
            yield return (T.Plural("Move_AlreadyThere", there.Count), there);
        }
    }

    private string? Note(TeamMoveRow row) =>
        row.Outcome switch
        {
            TeamMoveOutcome.Moves when row.Leads > 0 =>
                $"{row.TeamName ?? "—"} · {T.Plural("Move_RowLeads", row.Leads)}",
            TeamMoveOutcome.Moves => row.TeamName ?? "—",
            TeamMoveOutcome.AlreadyThere => null,
            _ => T[$"Move_Why_{row.Outcome}"],
        };

    private void Cancel() => Dialog.Cancel();
}
