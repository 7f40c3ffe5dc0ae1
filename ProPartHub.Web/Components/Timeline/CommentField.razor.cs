using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>
/// The text of a comment, with how much of the limit it takes and names to choose after an @. Too long a text is told, never cut: what was pasted is
/// still there to be shortened.
/// </summary>
public sealed partial class CommentField
{
    private ElementReference _input;

    // Not the parameter: after an event this part is rendered before those around it have handed the new text down, and the
    // old one would be written over what is typed meanwhile.
    private string? _text;
    private string? _given;

    /// <summary>The input's id; unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The input's name, for a draft; null where none is kept.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The command whose key leads here; null for none.</summary>
    [Parameter]
    public string? Command { get; set; }

    /// <summary>The lead: people who may see it are offered by name after an @.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    private bool IsTooLong => Length(_text) > Comment.BodyLength;

    /// <summary>Puts the cursor into the text and the text into view.</summary>
    public ValueTask FocusAsync() => _input.FocusAsync();

    /// <summary>Whether the service will take the text.</summary>
    public static bool CanSave(string? text) => Length(text) is > 0 and <= Comment.BodyLength;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Value != _given)
        {
            (_text, _given) = (Value, Value);
        }
    }

    private Task SetAsync(string? text)
    {
        (_text, _given) = (text, text);
        return ValueChanged.InvokeAsync(text);
    }

    private static int Length(string? text) => text?.ReplaceLineEndings("\n").Trim().Length ?? 0;
}
