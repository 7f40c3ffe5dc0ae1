using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Timeline;

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

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private string Who =>
        Entry.Comment?.AuthorName
        ?? Entry.Activity?.OwnerName
        ?? Entry.FollowUp?.OwnerName
        ?? Entry.FollowUp?.AuthorName
        ?? Entry.Event?.ActorName
        ?? "HubSpot";

    private string Value(string field, string? value)
    {
        if (value is null)
        {
            return field == nameof(LeadField.Agent) ? T["Row_Pool"] : "—";
        }

        return field switch
        {
            nameof(LeadField.Stage) => Stages.FirstOrDefault(stage => stage.Id.ToString() == value)?.Label ?? "—",
            nameof(LeadField.Agent) => Guid.TryParse(value, out var id) ? Names.GetValueOrDefault(id, "—") : "—",
            FieldChange.Budget => T.Budget(value),
            FieldChange.Attention => Enum.TryParse<Attention>(value, out var attention)
                ? T.Attention(attention)
                : value,
            FollowUpFields.Due => FollowUpFields.ToMoment(value) is { } due ? Time.Moment(due) : value,
            _ => Enum.TryParse<LeadField>(field, out var known) ? T.Value(Book, known, value) : value,
        };
    }
}
