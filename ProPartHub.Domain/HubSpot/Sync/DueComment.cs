using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A comment that waits to be carried to HubSpot.</summary>
internal sealed record DueComment(
    Comment Comment,
    NoteSync? Sync,
    Lead Lead,
    string DealId,
    string? ContactId,
    long Revision,
    int Attempts
)
{
    /// <summary>The comment with its note, once there is one.</summary>
    /// <exception cref="InvalidOperationException">A note was never made nor tried.</exception>
    public KnownNote Known => new(Comment, Sync ?? throw new InvalidOperationException("The comment has no note yet."));
}
