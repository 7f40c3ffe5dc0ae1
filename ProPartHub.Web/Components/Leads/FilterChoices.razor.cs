using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>A filter of several values: a button that names what is chosen, and a list to tick under it.</summary>
public sealed partial class FilterChoices
{
    // From here on a list is not seen at a glance.
    private const int LongList = 12;

    private string _looked = "";

    /// <summary>A word for its elements' ids, another for each filter of a page.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What is chosen from.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The values that hold; none for any.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>All values.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<FilterSelect.Choice> Options { get; set; } = [];

    /// <summary>Called with the values that shall hold.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<string>> OnChosen { get; set; }

    private string LabelId => $"filter-{Name}-label";

    private string ButtonId => $"filter-{Name}";

    private string MenuId => $"filter-{Name}-menu";

    // A link may ask for what is offered no longer: it stays in sight, to be taken away.
    private IReadOnlyList<FilterSelect.Choice> All =>
        [
            .. Options,
            .. Values
                .Where(value => Options.All(option => option.Value != value))
                .Select(value => new FilterSelect.Choice(value, Guid.TryParse(value, out _) ? "—" : value)),
        ];

    private IReadOnlyList<FilterSelect.Choice> Shown =>
        [
            .. All.Where(option =>
                _looked.Length == 0
                || SearchText.ForQuery(option.Text).Contains(SearchText.ForQuery(_looked), StringComparison.Ordinal)
            ),
        ];

    private string Chosen =>
        All.Where(option => Values.Contains(option.Value)).Select(option => option.Text).ToList() switch
        {
            [] => T["Filter_Any"],
            [var one] => one,
            [var first, .. var others] => $"{first} +{others.Count}",
        };

    private Task ChooseAsync(string value, bool isOn)
    {
        var others = Values.Where(other => other != value);
        return OnChosen.InvokeAsync(isOn ? [.. others, value] : [.. others]);
    }
}
