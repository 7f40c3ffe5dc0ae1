using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>A field that is to go back to its value before a change.</summary>
/// <param name="EventId">The change.</param>
/// <param name="Change">The field in it.</param>
public sealed record FieldRestore(long EventId, FieldChange Change);

/// <summary>One entry of the timeline. Everything that people wrote is shown as plain text.</summary>
public sealed partial class TimelineEntryView
{
    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public TimelineEntry Entry { get; set; } = null!;

    /// <summary>Every stage, for the names in changes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<StageItem> Stages { get; set; } = [];

    /// <summary>Names of the agents in changes.</summary>
    [Parameter]
    public IReadOnlyDictionary<Guid, string> Names { get; set; } = new Dictionary<Guid, string>();

    /// <summary>Who reads.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called with the comment to answer.</summary>
    [Parameter]
    public EventCallback<CommentView> OnQuote { get; set; }

    /// <summary>Called when the comment was changed or deleted.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Called with the comment's id when one was deleted.</summary>
    [Parameter]
    public EventCallback<Guid> OnDeleted { get; set; }

    /// <summary>Whether this is the deletion of a comment that the reader can take back.</summary>
    [Parameter]
    public bool CanBringBack { get; set; }

    /// <summary>Called with the id of the deleted comment that is to come back.</summary>
    [Parameter]
    public EventCallback<Guid> OnBringBack { get; set; }

    /// <summary>Called with the field that is to go back to its value before; without it none can.</summary>
    [Parameter]
    public EventCallback<FieldRestore> OnRestore { get; set; }

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private string Who =>
        Entry.Comment?.AuthorName
        ?? Entry.Activity?.OwnerName
        ?? Entry.FollowUp?.OwnerName
        ?? Entry.FollowUp?.AuthorName
        ?? Entry.Event?.ActorName
        ?? "HubSpot";

    private string Value(string field, string? value) => T.Change(Book, Time, field, value, NameOf);

    private string? NameOf(Guid id) =>
        Stages.FirstOrDefault(stage => stage.Id == id)?.Label ?? Names.GetValueOrDefault(id);
}
