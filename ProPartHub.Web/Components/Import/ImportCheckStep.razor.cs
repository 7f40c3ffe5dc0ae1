using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;

namespace ProPartHub.Web.Components.Import;

/// <summary>What would become of the rows, before any lead is touched.</summary>
public sealed partial class ImportCheckStep
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

    private int Wanted => View.Import.Created + View.Import.Updated;

    // Its page reads the import anew and hands it over.
    protected override Task ReadAsync() => Task.CompletedTask;

    private Task StartAsync() => DoAsync(() => Imports.StartAsync(Actor, View.Import.Id, Life));

    private Task BackAsync() => DoAsync(() => Imports.GoBackAsync(Actor, View.Import.Id, Life));

    private Task StopAsync() => DoAsync(() => Imports.StopAsync(Actor, View.Import.Id, Life));

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
