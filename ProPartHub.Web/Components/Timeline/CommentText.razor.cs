using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>One comment, shown as plain text: anybody may answer it, its author and admins may change or delete it.</summary>
public sealed partial class CommentText
{
    private string? _edited;
    private string? _fault;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public CommentView Comment { get; set; } = null!;

    /// <summary>Who reads and changes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when the reader wants to answer.</summary>
    [Parameter]
    public EventCallback<CommentView> OnQuote { get; set; }

    /// <summary>Called when it was changed or deleted.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Called with its id when it was deleted, which can be taken back.</summary>
    [Parameter]
    public EventCallback<Guid> OnDeleted { get; set; }

    [Inject]
    private CommentService Comments { get; set; } = null!;

    private Task SaveAsync() =>
        TryAsync(async () =>
        {
            await Comments.EditAsync(Actor, Comment.Id, _edited ?? "", CancellationToken.None);
            _edited = null;
        });

    private async Task DeleteAsync()
    {
        await TryAsync(() => Comments.DeleteAsync(Actor, Comment.Id, CancellationToken.None));
        if (_fault is null)
        {
            await OnDeleted.InvokeAsync(Comment.Id);
        }
    }

    private async Task TryAsync(Func<Task> command)
    {
        _fault = null;
        try
        {
            await command();
        }
        catch (InvalidInputException exception)
        {
            _fault = T.Fault(exception.Errors[0]);
        }
        catch (ForbiddenException exception) when (exception is ClientErasedException or LeadMergedException)
        {
            _fault = T.Refusal(exception);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            _fault = T["Comment_Gone"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }

        if (_fault is null)
        {
            await OnChanged.InvokeAsync();
        }
    }
}
