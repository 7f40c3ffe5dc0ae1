using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Import;

/// <summary>An import that runs, has ended, or was taken back.</summary>
public sealed partial class ImportResult
{
    /// <summary>The import.</summary>
    [Parameter, EditorRequired]
    public ImportView View { get; set; } = null!;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when something was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private string Summary =>
        View.Import switch
        {
            { State: ImportState.Undone, UndoneAt: { } at } import => T[
                "Summary_Undone",
                View.UndoneByName ?? View.ActorName,
                Time.Moment(at),
                import.TakenBack,
                import.LeftAlone
            ],
            { FinishedAt: { } at } import when import.Processed < import.Total => T[
                "Summary_Stopped",
                Time.Moment(at),
                import.Processed,
                import.Total
            ],
            { FinishedAt: { } at } => T["Summary_Done", View.ActorName, Time.Moment(at)],
            _ => "",
        };

    // Its page reads the import anew and hands it over.
    protected override Task ReadAsync() => Task.CompletedTask;

    private Task StopAsync() => DoAsync(() => Imports.StopAsync(Actor, View.Import.Id, Life));

    private async Task UndoAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Undo_Title"], T["Undo_Text"], T["Undo"], isDestructive: true))
        {
            await DoAsync(() => Imports.UndoAsync(Actor, View.Import.Id, Life));
        }
    }

    private async Task DoAsync(Func<Task> act)
    {
        await ActAsync(async () =>
        {
            await act();
            return null;
        });
        await OnChanged.InvokeAsync();
    }
}
