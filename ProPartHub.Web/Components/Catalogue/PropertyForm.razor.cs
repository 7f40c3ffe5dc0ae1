using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Catalogue.Payment;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>What a form is about to store.</summary>
/// <param name="Opened">What it opened with.</param>
/// <param name="Typed">What it says.</param>
public sealed record PropertyEdit(DevelopmentInput Opened, DevelopmentInput Typed);

/// <summary>Writes a property with its units. What is typed is kept by the browser until it is stored.</summary>
public sealed partial class PropertyForm : ActingComponent
{
    private PropertyDraft _draft = new();
    private DevelopmentInput? _shown;
    private DevelopmentInput _opened = new();
    private IReadOnlyDictionary<string, string?> _values = new Dictionary<string, string?>();
    private DraftScope? _scope;
    private bool _isSaving;

    /// <summary>What is being written, the same at each visit.</summary>
    [Parameter, EditorRequired]
    public string Place { get; set; } = "";

    /// <summary>What is stored; null for a new one.</summary>
    [Parameter]
    public DevelopmentInput? Opened { get; set; }

    /// <summary>Stores it; answers false where somebody else has changed it meanwhile.</summary>
    [Parameter, EditorRequired]
    public Func<PropertyEdit, Task<bool>> Store { get; set; } = null!;

    /// <summary>Called when it was stored, or false when somebody else was faster.</summary>
    [Parameter]
    public EventCallback<bool> OnSaved { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _draft = PropertyDraft.Of(Opened);
        (_shown, _opened, _values) = (Opened, Opened ?? new(), _draft.Values());
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // Somebody was faster and theirs was read: what is typed stays and would come in its place.
        if (!ReferenceEquals(_shown, Opened))
        {
            (_shown, _opened, _values) = (Opened, Opened ?? new(), PropertyDraft.Of(Opened).Values());
        }
    }

    private void Restore(RestoredDraft draft)
    {
        _draft.Write(draft.Values);
        // As it was when that was typed: who has changed the same since is noticed on saving.
        var then = PropertyDraft.Of(Opened);
        then.Write(draft.Opened);
        _opened = then.Input();
    }

    private void Abandon()
    {
        Hush();
        _draft = PropertyDraft.Of(Opened);
        _opened = Opened ?? new();
    }

    private async Task SaveAsync()
    {
        if (_isSaving)
        {
            return;
        }

        _isSaving = true;
        await StoreAsync(() => StoreAndForgetAsync(new(_opened, _draft.Input())), OnSaved);
        _isSaving = false;
    }

    private async Task<bool> StoreAndForgetAsync(PropertyEdit edit)
    {
        var isStored = await Store(edit);
        if (isStored)
        {
            await _scope!.ForgetAsync();
        }

        return isStored;
    }

    private async Task CancelAsync()
    {
        await _scope!.ForgetAsync();
        await OnCancelled.InvokeAsync();
    }

    private Task ToggleAsync(string goal)
    {
        if (!_draft.Goals.Remove(goal))
        {
            _draft.Goals.Add(goal);
        }

        // In the order of the list, whichever was pressed first.
        var order = Book.For(LeadField.PurchaseGoal)!.ToList();
        _draft.Goals.Sort((one, other) => order.IndexOf(one).CompareTo(order.IndexOf(other)));
        return _scope!.PutAsync(PropertyDraft.GoalsName, _draft.GoalsText());
    }

    private Task KeepUnitsAsync(UnitDraft? added)
    {
        var values = new Dictionary<string, string?>();
        added?.Read(values);
        return KeepRowsAsync(PropertyDraft.UnitsName, _draft.UnitsText(), values);
    }

    private Task KeepPlanAsync(PaymentStageDraft? added)
    {
        var values = new Dictionary<string, string?>();
        added?.Read(values);
        return KeepRowsAsync(PropertyDraft.PlanName, _draft.PlanText(), values);
    }

    // What a row begins with was typed by nobody.
    private async Task KeepRowsAsync(string name, string rows, Dictionary<string, string?> added)
    {
        await _scope!.PutAsync(name, rows);
        foreach (var (input, value) in added.Where(value => !string.IsNullOrEmpty(value.Value)))
        {
            await _scope.PutAsync(input, value);
        }
    }

    // What is stored can be chosen, also where it is no longer offered.
    private IReadOnlyList<FilterSelect.Choice> Choices(LeadField field, string? present)
    {
        var offered = Leads.Choices(Book, field);
        return string.IsNullOrEmpty(present) || offered.Any(choice => choice.Value == present)
            ? offered
            : [.. offered, new FilterSelect.Choice(present, Leads.Option(Book, field, present))];
    }

    private string? Fault(string field) =>
        Faults.FirstOrDefault(fault => fault.Field == field) is { } error ? Words.Fault(error) : null;

    private string? Invalid(string field) => Fault(field) is null ? null : "true";

    private string? Described(string field) => Fault(field) is null ? null : $"property-{field}-fault";
}
