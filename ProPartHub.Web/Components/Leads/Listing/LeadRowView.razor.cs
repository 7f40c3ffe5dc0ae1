using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>A cell is left for the one beside it.</summary>
/// <param name="Column">The column that is left.</param>
/// <param name="Way">1 for the next cell, −1 for the one before.</param>
public sealed record CellStep(LeadColumn Column, int Way);

/// <summary>One row of the list: a table row on a desktop, a card on a phone. Renders only when something of it changed, or the words of its times.</summary>
public sealed partial class LeadRowView : IDisposable
{
    private object? _rendered;
    private IDisposable? _tick;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public LeadRow Row { get; set; } = null!;

    /// <summary>The columns, from left to right.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LeadColumnPlace> Columns { get; set; } = [];

    /// <summary>What columns say beyond the row; null where none does.</summary>
    [Parameter]
    public LeadExtra? Extra { get; set; }

    /// <summary>The lead's tags.</summary>
    [Parameter]
    public IReadOnlyList<TagItem> Tags { get; set; } = [];

    /// <summary>True when the row is chosen.</summary>
    [Parameter]
    public bool IsSelected { get; set; }

    /// <summary>How often somebody else changed the row since the page was opened; each time it glows.</summary>
    [Parameter]
    public int Glow { get; set; }

    /// <summary>Who reads.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Columns whose cells are being edited.</summary>
    [Parameter]
    public IReadOnlyList<LeadColumn> Edited { get; set; } = [];

    /// <summary>Called when a cell is left for the one beside it.</summary>
    [Parameter, EditorRequired]
    public EventCallback<CellStep> OnStep { get; set; }

    /// <summary>Called when the lead was edited here, or is gone.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnEdited { get; set; }

    /// <summary>Called when a cell is not to be edited any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeadColumn> OnClosed { get; set; }

    /// <summary>Called when the row's box is pressed.</summary>
    [Parameter, EditorRequired]
    public EventCallback<RowTick> OnSelect { get; set; }

    [Inject]
    private IStringLocalizer<SharedTexts> Shared { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private MinuteTick Tick { get; set; } = null!;

    private object State => (Row, Columns, Extra, string.Join('\n', Tags), IsSelected, Glow, (Edited, Times));

    // The words of all times the row shows.
    private string Times =>
        string.Join('\n', Columns.Select(place => TimeIn(place.Column)).OfType<DateTimeOffset>().Select(Words));

    /// <inheritdoc/>
    protected override bool ShouldRender() => !State.Equals(_rendered);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        _rendered = State;
        if (firstRender)
        {
            _tick = Tick.Subscribe(() => _ = InvokeAsync(StateHasChanged));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tick?.Dispose();

    private DateTimeOffset? TimeIn(LeadColumn column) =>
        column switch
        {
            LeadColumn.Updated => Row.UpdatedAt,
            LeadColumn.Created => Row.CreatedAt,
            LeadColumn.InStage => Row.StageChangedAt,
            LeadColumn.FollowUp => Extra?.FollowUpAt,
            LeadColumn.Activity => Extra?.ActivityAt,
            _ => null,
        };

    private string Words(DateTimeOffset moment) => RelativeTime.Words(Shared, Time, moment);

    private bool Shows(LeadColumn column) => Columns.Any(place => place.Column == column);

    // On a phone a line without anything to say is left out.
    private bool IsEmpty(LeadColumn column) =>
        column switch
        {
            LeadColumn.Tags => Tags.Count == 0,
            LeadColumn.Budget => Row.BudgetFrom is null && Row.BudgetTo is null,
            LeadColumn.Country => Row.Country is null,
            LeadColumn.Phone => Row.Phone is null,
            LeadColumn.SecondPhone => Extra?.SecondPhone is null,
            LeadColumn.Email => Row.Email is null,
            LeadColumn.FollowUp => Extra?.FollowUpAt is null,
            LeadColumn.Activity => Extra?.ActivityAt is null,
            LeadColumn.Team => Extra?.TeamName is null,
            _ => ColumnLook.FieldOf(column) is not null && Written(column) is null,
        };

    // Columns that show a field as it is stored.
    private string? Written(LeadColumn column)
    {
        var value = column is LeadColumn.Source ? Row.Source : ColumnLook.Stored(column, Extra);
        return value is null || ColumnLook.FieldOf(column) is not { } field ? value : T.Value(Book, field, value);
    }
}
