using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>The place to write a comment or an answer to one; apart from the timeline, so that typing renders only it.</summary>
public sealed partial class CommentWriter
{
    private const string BodyName = "body";

    private DraftScope? _draft;
    private CommentField? _field;
    private AttachmentPicker? _files;
    private Guid? _answered;
    private bool _mustFocus;
    private string? _body;
    private string? _fault;
    private bool _isSaving;

    // Made anew only after it was stored, so that a repeated submit stores one comment.
    private Guid _commentId = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The comment being answered; null for a plain comment.</summary>
    [Parameter]
    public CommentView? Quoted { get; set; }

    [Parameter]
    public EventCallback<CommentView?> QuotedChanged { get; set; }

    /// <summary>Called when the comment was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnAdded { get; set; }

    [Inject]
    private CommentService Comments { get; set; } = null!;

    [Inject]
    private CircuitPresence Presence { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _mustFocus = Quoted is not null && Quoted.Id != _answered;
        _answered = Quoted?.Id;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocus)
        {
            _mustFocus = false;
            await _field!.FocusAsync();
        }
    }

    private async Task RestoreAsync(RestoredDraft draft)
    {
        _body = draft.Values.GetValueOrDefault(BodyName);
        await _files!.RestoreAsync(draft.Values.GetValueOrDefault(AttachmentPicker.DraftName));
        if (string.IsNullOrEmpty(_body) && _files.Ids.Count == 0)
        {
            // Only files were waiting, and not long enough.
            await _draft!.ForgetAsync();
        }
    }

    private async Task AbandonAsync()
    {
        await _files!.AbandonAsync();
        await ClearAsync();
    }

    private Task ClearAsync()
    {
        (_body, _fault) = (null, null);
        Typed();
        return QuotedChanged.InvokeAsync(null);
    }

    private void Typed() => Presence.Comment(LeadId, isTyping: !string.IsNullOrWhiteSpace(_body));

    private async Task AddAsync()
    {
        // A second Enter comes in before the button is seen disabled.
        if (_isSaving || _files?.IsBusy is true)
        {
            return;
        }

        (_isSaving, _fault) = (true, null);
        try
        {
            await Comments.AddAsync(
                Actor,
                _commentId,
                LeadId,
                _body ?? "",
                Quoted?.Id,
                _files!.Ids,
                CancellationToken.None
            );
            _commentId = Guid.CreateVersion7();
            _files.Clear();
            await _draft!.ForgetAsync();
            await ClearAsync();
        }
        catch (InvalidInputException exception) when (exception.Errors[0].Field == FieldChange.Attachments)
        {
            // One of them waited too long.
            _fault = T["Attachment_Gone"];
            await _files!.RefreshAsync();
        }
        catch (InvalidInputException exception)
        {
            _fault = T.Fault(exception.Errors[0]);
        }
        catch (ForbiddenException exception)
        {
            _fault = T.Refusal(exception);
        }
        catch (NotFoundException)
        {
            _fault = T["Comment_NoPlace"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }
        finally
        {
            _isSaving = false;
        }

        if (_fault is null)
        {
            await OnAdded.InvokeAsync();
        }
    }
}
