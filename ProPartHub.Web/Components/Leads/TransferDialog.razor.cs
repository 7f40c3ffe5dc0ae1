using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>To whom a lead goes, and why.</summary>
/// <param name="AgentId">The new agent; null for the unassigned pool.</param>
/// <param name="Name">The new agent's name; null for the pool.</param>
/// <param name="Reason">Why, in the person's words; null when not said.</param>
public sealed record TransferChoice(Guid? AgentId, string? Name, string? Reason);

/// <summary>Asks for the person who shall work a lead: those whom the reader may give leads to, found by name.</summary>
public sealed partial class TransferDialog
{
    // The pool is nobody: it has no id.
    private const string Pool = "";

    private IReadOnlyList<Choice>? _people;
    private Choice? _chosen;
    private string _reason = "";

    /// <summary>Who asks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whose the lead is now; is not offered.</summary>
    [Parameter]
    public Guid? CurrentAgentId { get; set; }

    /// <summary>To whom, where that is settled and only the reason is asked for.</summary>
    [Parameter]
    public Choice? To { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    private bool IsTooLong => _reason.Trim().Length > LeadLimits.TransferReason;

    /// <summary>Shows the dialog and waits for the choice; null when it was closed in any other way.</summary>
    public static async Task<TransferChoice?> AskAsync(
        IDialogService dialogs,
        string title,
        Actor actor,
        Guid? currentAgentId
    )
    {
        var parameters = new DialogParameters<TransferDialog>
        {
            { dialog => dialog.Actor, actor },
            { dialog => dialog.CurrentAgentId, currentAgentId },
        };
        return await AnswerAsync(dialogs, title, parameters);
    }

    /// <summary>Asks whether a certain person shall have the lead, and why; null when the dialog was closed in any other way.</summary>
    public static Task<TransferChoice?> AskReasonAsync(
        IDialogService dialogs,
        string title,
        Actor actor,
        Guid? agentId,
        string name
    ) =>
        AnswerAsync(
            dialogs,
            title,
            new DialogParameters<TransferDialog>
            {
                { dialog => dialog.Actor, actor },
                { dialog => dialog.To, new Choice(agentId?.ToString() ?? Pool, name, null) },
            }
        );

    private static async Task<TransferChoice?> AnswerAsync(
        IDialogService dialogs,
        string title,
        DialogParameters<TransferDialog> parameters
    )
    {
        var shown = await dialogs.ShowAsync<TransferDialog>(title, parameters);
        return (await shown.Result)?.Data as TransferChoice;
    }

    protected override async Task OnInitializedAsync()
    {
        if (To is not null)
        {
            _chosen = To;
            return;
        }

        var people = await People.AssignableAsync(Actor, CancellationToken.None);
        Choice[] pool = CurrentAgentId is null ? [] : [new(Pool, T["Row_Pool"], null)];
        _people =
        [
            .. pool,
            .. people
                .Where(person => person.Id != CurrentAgentId)
                .Select(person => new Choice(person.Id.ToString(), person.Name, person.TeamName)),
        ];
    }

    private void Confirm()
    {
        var reason = _reason.Trim();
        Guid? agentId = _chosen!.Id == Pool ? null : Guid.Parse(_chosen.Id);
        Dialog.Close(
            new TransferChoice(agentId, agentId is null ? null : _chosen.Name, reason.Length == 0 ? null : reason)
        );
    }

    private void Cancel() => Dialog.Cancel();
}
