using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;

namespace ProPartHub.Web.Components.Timeline;

/// <content>Takes the deletion of a comment back: by the message right after it, or later at its entry.</content>
public sealed partial class LeadTimeline
{
    [Inject]
    private CommentService Comments { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private void OfferToBringBack(Guid commentId) =>
        Snackbar.OfferUndo(T, T["Comment_Deleted"], () => BringBackAsync(commentId));

    // What the service decides anew; here it only saves an offer that would be refused. Later entries of the same comment
    // stand above, so that the first is the last word.
    private bool CanBringBack(TimelineEntry entry) =>
        entry.Event is { Kind: LeadEventKind.CommentDeleted, SubjectId: { } commentId } deletion
        && !IsClosed
        && Actor.ViewerId is null
        && deletion.ActorId == Actor.UserId
        && Time.Now < deletion.OccurredAt + CommentService.RestoredWithin
        && _entries.First(row =>
            row.Event is { Kind: LeadEventKind.CommentDeleted or LeadEventKind.CommentRestored } last
            && last.SubjectId == commentId
        ) == entry;

    // The page may have been left by then: the comment comes back all the same.
    private async Task BringBackAsync(Guid commentId)
    {
        try
        {
            if (!await Comments.RestoreAsync(Actor, commentId, CancellationToken.None))
            {
                Snackbar.Add(T["Comment_BringBack_TooLate"], Severity.Warning);
            }

            await ReadAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            Snackbar.Add(T.Refusal(exception), Severity.Error);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            Snackbar.Add(T["Save_Failed"], Severity.Error);
        }
    }
}
