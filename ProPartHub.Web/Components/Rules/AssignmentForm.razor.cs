using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Rules;

/// <summary>Writes a rule of assignment; the default has no conditions.</summary>
public sealed partial class AssignmentForm : ActingComponent
{
    private readonly HashSet<string> _countries = [];
    private readonly HashSet<string> _sources = [];
    private readonly HashSet<string> _languages = [];
    private string? _name;
    private string? _from;
    private string? _to;
    private bool _isOn;
    private AssignmentTarget _target;
    private Guid? _personId;
    private Guid? _teamId;

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Its key.</summary>
    [Parameter, EditorRequired]
    public Guid RuleId { get; set; }

    /// <summary>What is stored; null for a new one.</summary>
    [Parameter]
    public AssignmentRuleInput? Opened { get; set; }

    /// <summary>What the form begins with.</summary>
    [Parameter, EditorRequired]
    public AssignmentRuleInput Start { get; set; } = null!;

    /// <summary>True for the one that fits all.</summary>
    [Parameter]
    public bool IsDefault { get; set; }

    /// <summary>People to choose from, with their teams.</summary>
    [Parameter]
    public IReadOnlyList<PersonItem> People { get; set; } = [];

    /// <summary>Called when it was stored, or false when somebody else was faster.</summary>
    [Parameter]
    public EventCallback<bool> OnSaved { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    private AssignmentRules Rules { get; set; } = null!;

    private IReadOnlyList<(LeadField Field, HashSet<string> Chosen, string Fault)> Conditions =>
        [
            (LeadField.Country, _countries, nameof(AssignmentRuleInput.Countries)),
            (LeadField.Source, _sources, nameof(AssignmentRuleInput.Sources)),
            (LeadField.Language, _languages, nameof(AssignmentRuleInput.Languages)),
        ];

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (_name, _isOn, _target) = (Start.Name, Start.IsOn, Start.Target);
        (_personId, _teamId) = (Start.PersonId, Start.TeamId);
        (_from, _to) = (Text(Start.BudgetFrom), Text(Start.BudgetTo));
        _countries.UnionWith(Start.Countries);
        _sources.UnionWith(Start.Sources);
        _languages.UnionWith(Start.Languages);
    }

    private Task SaveAsync() =>
        StoreAsync(() => Rules.SaveAsync(Actor, RuleId, Opened, Input, CancellationToken.None), OnSaved);

    private AssignmentRuleInput Input =>
        new()
        {
            Name = _name,
            IsOn = _isOn,
            Countries = [.. _countries],
            Sources = [.. _sources],
            Languages = [.. _languages],
            BudgetFrom = Amount(_from),
            BudgetTo = Amount(_to),
            Target = _target,
            PersonId = _personId,
            TeamId = _teamId,
        };

    // What a rule has and HubSpot no longer offers stays to be seen.
    private IEnumerable<string> OptionsOf(LeadField field, HashSet<string> chosen) =>
        (Book.For(field) ?? []).Concat(chosen).Distinct();

    private static void Toggle(HashSet<string> chosen, string option)
    {
        if (!chosen.Remove(option))
        {
            chosen.Add(option);
        }
    }

    private string Id(string part) => $"{part}-{RuleId:N}";

    private static string? Text(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    // What is no amount is -1, which the service refuses at its field.
    private static decimal? Amount(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(
            string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.'),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var amount
        )
            ? amount
        : -1;
}
