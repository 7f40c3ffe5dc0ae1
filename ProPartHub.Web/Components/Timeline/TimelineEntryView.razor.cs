using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;

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

    /// <summary>Called with the comment to delete.</summary>
    [Parameter]
    public EventCallback<Guid> OnDelete { get; set; }

    private string Who => Entry.Comment?.AuthorName ?? Entry.Activity?.OwnerName ?? Entry.Event?.ActorName ?? "HubSpot";

    private string Name(string field) =>
        Enum.TryParse<LeadField>(field, out var known) ? T.Field(known) : T["Comment_Label"];

    private string Value(string field, string? value)
    {
        if (value is null || !Enum.TryParse<LeadField>(field, out var known))
        {
            return value ?? "—";
        }

        return known switch
        {
            LeadField.Stage => Stages.FirstOrDefault(stage => stage.Id.ToString() == value)?.Label ?? "—",
            LeadField.Agent => Guid.TryParse(value, out var id) ? Names.GetValueOrDefault(id, "—") : "—",
            _ => T.Option(known, value),
        };
    }
}
