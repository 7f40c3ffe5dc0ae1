using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Documents;

/// <summary>The documents of a lead, a person or a property, live: read, added, changed and removed, as far as the reader may.</summary>
public sealed partial class DocumentPanel : ActingComponent
{
    private const int MostAtOnce = 20;

    private readonly List<string> _refused = [];
    private DocumentList? _list;
    private IReadOnlyList<DocumentVersionView>? _versions;
    private DocumentOwner? _asked;
    private Guid? _edited;
    private Guid? _opened;
    private string? _uploading;
    private bool _isMissing;
    private bool _takesDrops;

    // The same file chosen once more is a change only for a new input; what was chosen is read from the old one, to the end.
    private int _round;

    /// <summary>Whose documents.</summary>
    [Parameter, EditorRequired]
    public DocumentOwner Owner { get; set; }

    [Inject]
    private DocumentQueries Queries { get; set; } = null!;

    [Inject]
    private DocumentService Service { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private string? Count =>
        _list is { Documents.Count: > 0 and var count } ? count.ToString(CultureInfo.CurrentCulture) : null;

    private bool IsBusy => _uploading is not null;

    private bool MayAdd => Service.IsReady && Who is { ViewerId: null } && _list is { Access: >= DocumentAccess.Add };

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Documents];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Who is null || _asked == Owner)
        {
            return Task.CompletedTask;
        }

        (_asked, _edited, _opened) = (Owner, null, null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Where nothing may be added there is no input, and what is dropped goes nowhere.
        if (_takesDrops || _list is null)
        {
            return;
        }

        _takesDrops = true;
        try
        {
            await using var script = await JS.InvokeAsync<IJSObjectReference>(
                "import",
                "./" + Assets["js/attachments.js"]
            );
            await script.InvokeVoidAsync("takeDropped", "documents-zone", "documents-add");
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page was left before its script came.
        }
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            _list = await Queries.ListAsync(Who!, Owner, Life);
            _isMissing = false;
            if (_opened is { } opened)
            {
                _versions = _list.Documents.Any(document => document.Id == opened)
                    ? await Queries.VersionsAsync(Who!, opened, Life)
                    : null;
            }
        }
        catch (NotFoundException)
        {
            // Gone out of sight meanwhile; the page around says so.
            (_list, _isMissing) = (null, true);
        }
    }

    private async Task AddAsync(InputFileChangeEventArgs chosen)
    {
        _refused.Clear();
        if (chosen.FileCount > MostAtOnce)
        {
            _refused.Add(T["TooManyAtOnce", MostAtOnce]);
        }

        foreach (var file in chosen.GetMultipleFiles(int.MaxValue).Take(MostAtOnce))
        {
            await UploadAsync(file, upload => Service.AddAsync(Who!, Guid.CreateVersion7(), Owner, upload, Life));
        }

        await EndUploadAsync();
    }

    private async Task AddVersionAsync(DocumentView document, InputFileChangeEventArgs chosen)
    {
        _refused.Clear();
        await UploadAsync(
            chosen.File,
            upload => Service.AddVersionAsync(Who!, document.Id, Guid.CreateVersion7(), upload, Life)
        );
        await EndUploadAsync();
    }

    private async Task UploadAsync(IBrowserFile file, Func<HandedIn, Task<FileFault?>> take)
    {
        _uploading = file.Name;
        StateHasChanged();
        var upload = new HandedIn(
            file.Name,
            file.ContentType,
            file.Size,
            () => file.OpenReadStream(FileRule.Documents.LargestSize, Life)
        );
        try
        {
            await ActAsync(async () =>
            {
                if (await take(upload) is { } fault)
                {
                    _refused.Add(T[$"Fault_{fault}", file.Name, FileRule.Documents.LargestSize / 1024 / 1024]);
                }

                return null;
            });
        }
        catch (Exception exception)
            when (exception is IOException or JSException or TimeoutException || IsInterrupted(exception))
        {
            // It was moved or changed while it was read, or the connection broke.
            _refused.Add(T["Fault_Interrupted", file.Name]);
        }
    }

    private bool IsInterrupted(Exception exception) =>
        exception is OperationCanceledException && !Life.IsCancellationRequested;

    private async Task EndUploadAsync()
    {
        (_uploading, _round) = (null, _round + 1);
        await RefreshAsync();
    }

    private void Edit(DocumentView document)
    {
        Hush();
        _edited = document.Id;
    }

    private void StopEditing()
    {
        Hush();
        _edited = null;
    }

    private async Task DescribeAsync((string? Title, string? Description) typed)
    {
        var id = _edited!.Value;
        var isDone = await ActAsync(async () =>
        {
            await Service.DescribeAsync(Who!, id, typed.Title, typed.Description, CancellationToken.None);
            return T["Described"];
        });
        if (isDone)
        {
            _edited = null;
            await RefreshAsync();
        }
    }

    private async Task RemoveAsync(DocumentView document)
    {
        var isDone = await ActAsync(async () =>
        {
            await Service.RemoveAsync(Who!, document.Id, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
        if (isDone)
        {
            Snackbar.OfferUndo(
                Leads,
                T["Removed", document.Title],
                () =>
                    InvokeAsync(async () =>
                    {
                        await ActAsync(async () =>
                        {
                            await Service.RestoreAsync(Who!, document.Id, CancellationToken.None);
                            return null;
                        });
                        await RefreshAsync();
                        StateHasChanged();
                    })
            );
        }
    }

    private async Task ToggleVersionsAsync(DocumentView document)
    {
        (_opened, _versions) = (_opened == document.Id ? null : document.Id, null);
        await RefreshAsync();
    }
}
