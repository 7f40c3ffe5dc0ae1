using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Leads;

/// <summary>To whom a lead goes, and why.</summary>
/// <param name="AgentId">The new agent; null for the unassigned pool.</param>
/// <param name="Reason">Why, in the person's words; null when not said.</param>
public sealed record TransferChoice(Guid? AgentId, string? Reason);

/// <summary>Asks for the person who shall work a lead: those whom the reader may give leads to, found by name.</summary>
public sealed partial class TransferDialog
{
    private const int ShownAtOnce = 50;

    private IReadOnlyList<Candidate>? _people;
    private Candidate? _chosen;
    private string _search = "";
    private string _reason = "";

    /// <summary>Who asks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whose the lead is now; is not offered.</summary>
    [Parameter]
    public Guid? CurrentAgentId { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    private bool IsTooLong => _reason.Trim().Length > LeadLimits.TransferReason;

    // Every word must be in the name, in any order: "вовк тар" finds «Тарас Вовк».
    private IEnumerable<Candidate> Found
    {
        get
        {
            var words = _search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (_people ?? []).Where(person => words.All(word => Contains(person.Name, word))).Take(ShownAtOnce);
        }
    }

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
        var shown = await dialogs.ShowAsync<TransferDialog>(title, parameters);
        return (await shown.Result)?.Data as TransferChoice;
    }

    protected override async Task OnInitializedAsync()
    {
        var people = await People.AssignableAsync(Actor, CancellationToken.None);
        Candidate[] pool = CurrentAgentId is null ? [] : [new(null, T["Row_Pool"], null)];
        _people =
        [
            .. pool,
            .. people
                .Where(person => person.Id != CurrentAgentId)
                .Select(person => new Candidate(person.Id, person.Name, person.TeamName)),
        ];
    }

    private static bool Contains(string name, string word) =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(
            name,
            word,
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace
        ) >= 0;

    private void Confirm()
    {
        var reason = _reason.Trim();
        Dialog.Close(new TransferChoice(_chosen!.Id, reason.Length == 0 ? null : reason));
    }

    private void Cancel() => Dialog.Cancel();

    private sealed record Candidate(Guid? Id, string Name, string? Team);
}
