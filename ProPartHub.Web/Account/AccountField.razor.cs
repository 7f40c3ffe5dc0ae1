using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Account;

/// <summary>One field of a static form.</summary>
public sealed partial class AccountField
{
    /// <summary>Name under which the form posts it.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Type { get; set; } = "text";

    /// <summary>What was typed before; never given for a password.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public string? Autocomplete { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public int? MaxLength { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public bool HasFocus { get; set; }

    private string Id => Name.Replace('.', '-').ToLowerInvariant();
}
