using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>
/// One cell of the list, edited in place. What is typed stays in the browser until the cell is left; then it shows at once
/// as it will be, and comes back as an input with the reason where it is refused. Saving is <c>CellEditor.Saving</c>, keys
/// are <c>js/lead-cell.js</c>.
/// </summary>
public sealed partial class CellEditor : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private Dictionary<string, string?>? _opened;
    private Dictionary<string, string?> _typed = [];
    private LeadDetails? _lead;
    private IReadOnlyList<StageItem> _stages = [];
    private IReadOnlyList<PersonItem> _people = [];
    private IReadOnlyList<FieldError> _faults = [];
    private IReadOnlyList<LeadEditConflict> _conflicts = [];
    private DraftScope? _draft;
    private string? _message;
    private bool _isSaving;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>The cell's column.</summary>
    [Parameter, EditorRequired]
    public LeadColumn Column { get; set; }

    /// <summary>Who edits.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when the cell is left by the tab key: 1 for the next cell, −1 for the one before.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnStep { get; set; }

    /// <summary>Called when the lead has changed or is gone: the row is to be read again.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    /// <summary>Called when there is nothing to edit any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClosed { get; set; }

    [Inject]
    private LeadQueries Queries { get; set; } = null!;

    [Inject]
    private StageDirectory Stages { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    // The reason of a refusal is asked for where the chosen stage means one.
    private IEnumerable<LeadField> Shown =>
        CellFields
            .Of(Column)
            .Where(one => one is not LeadField.RefusalReason || ChosenStage?.Status is LeadStatus.Lost);

    private StageItem? ChosenStage => _stages.FirstOrDefault(stage => stage.Id.ToString() == Typed(LeadField.Stage));

    private string Summary =>
        string.Join(" – ", Shown.Select(one => InWords(one, Typed(one))).Where(text => text.Length > 0));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }

        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _lead = await Queries.DetailsAsync(Actor, LeadId, _closed.Token);
            _stages = Column is LeadColumn.Stage ? await Stages.AllAsync(_closed.Token) : [];
            _people = Column is LeadColumn.Agent ? await People.AssignableAsync(Actor, _closed.Token) : [];
            _opened = CellFields.Read(_lead, Column);
            _typed = new(_opened);
        }
        catch (NotFoundException)
        {
            await OnChanged.InvokeAsync();
            await OnClosed.InvokeAsync();
        }
    }

    // A draft of an earlier visit: what it began with comes with it, so a change since then is still noticed.
    private void Restore(RestoredDraft draft)
    {
        foreach (var (name, value) in draft.Values.Where(value => _typed.ContainsKey(value.Key)))
        {
            _typed[name] = value;
        }

        foreach (var (name, value) in draft.Opened.Where(value => _opened!.ContainsKey(value.Key)))
        {
            _opened![name] = value;
        }
    }

    private static void Ignore()
    {
        // Enter is the script's: it hands over what is typed.
    }

    private string? Typed(LeadField field) => _typed.GetValueOrDefault(field.ToString());

    private void Write(LeadField field, string? value) => _typed[field.ToString()] = value;

    private string? Invalid(LeadField field) => _faults.Any(fault => fault.Field == field.ToString()) ? "true" : null;

    private static string TypeOf(LeadField field) =>
        field switch
        {
            LeadField.Email => "email",
            LeadField.Phone or LeadField.SecondPhone => "tel",
            LeadField.BudgetFrom or LeadField.BudgetTo => "number",
            _ => "text",
        };

    private IEnumerable<(string Value, string Text)>? ChoicesOf(LeadField field)
    {
        switch (field)
        {
            case LeadField.Stage:
                var pipeline = _stages.FirstOrDefault(stage => stage.Id == _lead?.StageId)?.PipelineId;
                return _stages
                    .Where(stage =>
                        stage.Id == _lead?.StageId
                        || (!stage.IsRemoved && (pipeline is null || stage.PipelineId == pipeline))
                    )
                    .Select(stage => (stage.Id.ToString(), stage.Label));
            case LeadField.Agent:
                return _people
                    .Select(person => (person.Id.ToString(), person.Name))
                    .Prepend(("", T["Row_Pool"].Value))
                    .Concat(
                        _lead is { AgentId: { } agent } && _people.All(person => person.Id != agent)
                            ? [(agent.ToString(), _lead.AgentName ?? "—")]
                            : Array.Empty<(string, string)>()
                    );
            default:
                return Options(field);
        }
    }

    private IEnumerable<(string, string)>? Options(LeadField field)
    {
        if (Book.For(field) is not { } options)
        {
            return null;
        }

        string[] stored = Typed(field) is { Length: > 0 } value && !options.Contains(value) ? [value] : [];
        var choices = options.Concat(stored).Select(option => (option, T.Option(Book, field, option)));
        return field is LeadField.Currency ? choices : choices.Prepend(("", "—"));
    }

    private string Written(Func<LeadEditConflict, string?> value) =>
        string.Join(
            ", ",
            _conflicts
                .Select(conflict => InWords(conflict.Field, value(conflict)))
                .Select(text => text.Length > 0 ? text : "—")
        );

    private string InWords(LeadField field, string? value) =>
        ChoicesOf(field)?.FirstOrDefault(choice => choice.Value == (value ?? "")).Text is { } text && text != "—" ? text
        : string.IsNullOrEmpty(value) ? ""
        : field is LeadField.BudgetFrom or LeadField.BudgetTo
        && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
            ? value
        : T.Value(Book, field, value);
}
