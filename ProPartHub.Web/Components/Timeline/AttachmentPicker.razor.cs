using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>
/// Files for a comment that is being written: chosen, dropped or pasted (<c>js/attachments.js</c>), uploaded at once, and
/// remembered by the draft around it for as long as the portal keeps them.
/// </summary>
public sealed partial class AttachmentPicker : IAsyncDisposable
{
    /// <summary>Name under which a draft holds the files.</summary>
    public const string DraftName = "attachments";

    private readonly PageLife _closed = new();
    private List<AttachmentView> _files = [];
    private string? _uploading;
    private string? _fault;

    // The same file chosen once more is a change only for a new input; what was chosen is read from the old one, to the end.
    private int _round;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Id of the text's input: files are dropped and pasted there too.</summary>
    [Parameter, EditorRequired]
    public string TextId { get; set; } = "";

    /// <summary>Called when the files, or whether one is on its way, have changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [CascadingParameter]
    private DraftScope? Draft { get; set; }

    [Inject]
    private AttachmentService Attachments { get; set; } = null!;

    [Inject]
    private AttachmentQueries Queries { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>The files uploaded so far.</summary>
    public IReadOnlyList<Guid> Ids => [.. _files.Select(file => file.Id)];

    /// <summary>True while a file is on its way.</summary>
    public bool IsBusy => _uploading is not null;

    private string InputId => $"{TextId}-files";

    /// <summary>Takes up the files of a draft, those of them that are still kept.</summary>
    /// <param name="draft">What the draft holds under <see cref="DraftName"/>.</param>
    public Task RestoreAsync(string? draft) =>
        ShowAsync([.. (draft ?? "").Split(',').Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty)]);

    /// <summary>Drops what the portal no longer keeps.</summary>
    public Task RefreshAsync() => ShowAsync(Ids);

    /// <summary>Begins anew after the comment was sent with its files.</summary>
    public void Clear() => (_files, _fault) = ([], null);

    /// <summary>Begins anew and takes the files away: the comment was given up.</summary>
    public async Task AbandonAsync()
    {
        foreach (var file in _files.ToList())
        {
            await RemoveAsync(file);
        }

        Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Attachments.IsReady)
        {
            return;
        }

        try
        {
            await using var script = await JS.InvokeAsync<IJSObjectReference>(
                "import",
                "./" + Assets["js/attachments.js"]
            );
            await script.InvokeVoidAsync("take", TextId, InputId);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page was left before its script came.
        }
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        _fault = null;
        if (_files.Count + chosen.FileCount > CommentAttachment.MostOfComment)
        {
            (_fault, _round) = (T["Attachment_TooMany", CommentAttachment.MostOfComment], _round + 1);
            return;
        }

        foreach (var file in chosen.GetMultipleFiles(CommentAttachment.MostOfComment))
        {
            _uploading = file.Name;
            await OnChanged.InvokeAsync();
            await TryAsync(() => UploadAsync(file));
        }

        (_uploading, _round) = (null, _round + 1);
        await KeepAsync();
    }

    private async Task UploadAsync(IBrowserFile file)
    {
        var id = Guid.CreateVersion7();
        var content = new HandedIn(
            file.Name,
            file.ContentType,
            file.Size,
            () => file.OpenReadStream(CommentAttachment.LargestSize, _closed.Token)
        );
        if (await Attachments.UploadAsync(Actor, id, LeadId, content, _closed.Token) is { } fault)
        {
            _fault = T[$"Attachment_{fault}", file.Name];
            return;
        }

        _files.AddRange(await Queries.UnsentAsync(Actor, LeadId, [id], _closed.Token));
    }

    private async Task RemoveAsync(AttachmentView file)
    {
        _fault = null;
        await TryAsync(() => Attachments.RemoveAsync(Actor, file.Id, CancellationToken.None));
        _files.Remove(file);
        await KeepAsync();
    }

    private async Task ShowAsync(IReadOnlyList<Guid> ids)
    {
        await TryAsync(async () => _files = [.. await Queries.UnsentAsync(Actor, LeadId, ids, _closed.Token)]);
        await KeepAsync();
    }

    private async Task KeepAsync()
    {
        if (Draft is not null)
        {
            var ids = Ids.Select(id => id.ToString("N", CultureInfo.InvariantCulture));
            await Draft.PutAsync(DraftName, string.Join(',', ids));
        }

        await OnChanged.InvokeAsync();
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            _fault = T.Refusal(exception);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }
        catch (Exception exception)
            when (exception is IOException or JSException or OperationCanceledException or TimeoutException)
        {
            // It was moved or changed while it was read, or the connection broke.
            _fault = T["Attachment_Failed"];
        }
    }
}
