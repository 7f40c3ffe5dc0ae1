using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Import;

/// <summary>The choice of a file. The input lies over the whole field, so that a file dropped there is one chosen.</summary>
public sealed partial class ImportFileStep : IDisposable
{
    private readonly PageLife _life = new();
    private bool _isReading;
    private string? _fault;

    // The same file chosen once more is a change only for a new input.
    private int _round;

    /// <summary>Who imports.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called with the import when its file was taken in.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid> OnTaken { get; set; }

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.FileCount == 0)
        {
            return;
        }

        (_fault, _isReading) = (null, true);
        StateHasChanged();
        try
        {
            await TakeAsync(chosen.File);
        }
        finally
        {
            (_isReading, _round) = (false, _round + 1);
        }
    }

    private async Task TakeAsync(IBrowserFile file)
    {
        if (file.Size > ImportLimits.FileSize)
        {
            _fault = Words(FileTrouble.TooLarge);
            return;
        }

        try
        {
            var id = Guid.CreateVersion7();
            await using var content = file.OpenReadStream(ImportLimits.FileSize, _life.Token);
            var trouble = await Imports.BeginAsync(Actor, id, file.Name, content, _life.Token);
            _fault = trouble is { } found ? Words(found) : null;
            if (trouble is null)
            {
                await OnTaken.InvokeAsync(id);
            }
        }
        catch (ForbiddenException)
        {
            _fault = T["Forbidden"];
        }
        catch (Exception exception)
            when (exception is IOException or JSException or OperationCanceledException or TimeoutException
                || DatabaseOutage.Is(exception)
            )
        {
            // It was moved or changed while it was read, or a connection broke.
            _fault = T["File_Broken"];
        }
    }

    private string Words(FileTrouble trouble) => T.Trouble(trouble);
}
