using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Leads with another agent than in HubSpot, by who is meant on either side; each group agrees by one decision.</summary>
public sealed partial class AgentMismatchList
{
    private AgentMismatchKey? _open;
    private AgentMismatchKey? _running;
    private int _done;
    private int _of;

    [Inject]
    private AgentMismatchQueries Mismatches { get; set; } = null!;

    [Inject]
    private AgentMismatchRepair Repair { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<AgentMismatch>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Mismatches.PageAsync(Actor, number, cancellationToken);

    private void Toggle(AgentMismatchKey key) => _open = _open == key ? null : key;

    private string? Busy(AgentMismatch row) => _running == row.Key ? "true" : null;

    private Task TakeAsync(AgentMismatch row) =>
        ActAsync(async token =>
        {
            var ours = row.OurName ?? T["Mismatch_Pool"];
            var text = row.TheirName is { } theirs
                ? T.Plural("Take_Text", row.Leads, theirs, ours)
                : T.Plural("Take_Pool_Text", row.Leads, ours);
            return await AskAsync("Take", text)
                ? await RunAsync(
                    row,
                    row.Leads,
                    "Taken",
                    progress => Repair.TakeTheirsAsync(Actor, row.Key, T["Take_Reason"], progress, token)
                )
                : null;
        });

    private Task TellAsync(AgentMismatch row) =>
        ActAsync(async token =>
        {
            var theirs = row.TheirName ?? T["Mismatch_NobodyThere"];
            var text = row.OurName is { } ours
                ? T.Plural("Tell_Text", row.Tellable, ours, theirs)
                : T.Plural("Tell_Pool_Text", row.Tellable, theirs);
            return await AskAsync("Tell", text)
                ? await RunAsync(
                    row,
                    row.Tellable,
                    "Told",
                    progress => Repair.TellOursAsync(Actor, row.Key, progress, token)
                )
                : null;
        });

    private Task<bool> AskAsync(string act, string text) =>
        ConfirmDialog.AskAsync(Dialogs, T[$"{act}_Title"], text, T[$"Mismatch_{act}"]);

    private async Task<string?> RunAsync(
        AgentMismatch row,
        int leads,
        string result,
        Func<IProgress<int>, Task<int>> repair
    )
    {
        (_running, _done, _of) = (row.Key, 0, leads);
        StateHasChanged();
        try
        {
            var done = await repair(
                new Progress<int>(count =>
                {
                    _done = count;
                    StateHasChanged();
                })
            );
            var said = T.Plural(result, done);
            return done < leads ? $"{said} {T.Plural("Skipped", leads - done)}" : said;
        }
        finally
        {
            _running = null;
        }
    }
}
