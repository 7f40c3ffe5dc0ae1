using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// A lead's stage in its colour. The colour says the status (new, contacted, qualified, won, lost), the text what
/// HubSpot calls the stage; the text always carries the meaning, the colour only helps.
/// </summary>
public sealed partial class StageChip
{
    private static readonly string[] Known = ["new", "contacted", "qualified", "won", "lost"];

    /// <summary>The status by name, in any case; an unknown one is shown without colour.</summary>
    [Parameter, EditorRequired]
    public string Status { get; set; } = "";

    /// <summary>HubSpot's name of the stage; the status's own name where there is none.</summary>
    [Parameter]
    public string? Label { get; set; }

    private string? Tone => ToneOf(Status);

    private string Text =>
        !string.IsNullOrWhiteSpace(Label) ? Label
        : Tone is { } known ? T[$"Stage_{known}"]
        : Status;

    /// <summary>The class of an element that looks so, where a component for each would be too many.</summary>
    public static string Class(string status) => $"stage-chip {ToneOf(status)}";

    private static string? ToneOf(string status) =>
        Array.Find(Known, known => known.Equals(status, StringComparison.OrdinalIgnoreCase));
}
