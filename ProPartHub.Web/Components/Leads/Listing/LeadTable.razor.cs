using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>A row whose box was ticked or cleared.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="IsRange">True with the shift key: everything since the last one is meant.</param>
public sealed record RowTick(Guid LeadId, bool IsRange);

/// <summary>
/// The table of the list, with the reader's own columns. Dragging headings and edges is <c>js/lead-list.js</c>; without it
/// the menu of columns does the same but for widths.
/// </summary>
public sealed partial class LeadTable : IAsyncDisposable
{
    private ElementReference _frame;
    private PageScript<LeadTable>? _script;

    /// <summary>What the list shows.</summary>
    [Parameter, EditorRequired]
    public LeadListQuery Query { get; set; } = null!;

    /// <summary>The rows.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LeadRow> Rows { get; set; } = [];

    /// <summary>The columns.</summary>
    [Parameter, EditorRequired]
    public LeadColumnLayout Layout { get; set; } = LeadColumnLayout.Standard;

    /// <summary>What columns say beyond the rows.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<Guid, LeadExtra> Extras { get; set; } = new Dictionary<Guid, LeadExtra>();

    /// <summary>The rows' tags.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>> Tags { get; set; } =
        new Dictionary<Guid, IReadOnlyList<TagItem>>();

    /// <summary>How often others have changed a row.</summary>
    [Parameter, EditorRequired]
    public Func<Guid, int> GlowOf { get; set; } = null!;

    /// <summary>True for a row that is chosen.</summary>
    [Parameter, EditorRequired]
    public Func<Guid, bool> IsSelected { get; set; } = null!;

    /// <summary>The address with another sort.</summary>
    [Parameter, EditorRequired]
    public Func<LeadSort, string> SortAddress { get; set; } = null!;

    /// <summary>Called with the columns as the reader wants them.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeadColumnLayout> OnLayout { get; set; }

    /// <summary>Called with a row whose box was pressed.</summary>
    [Parameter, EditorRequired]
    public EventCallback<RowTick> OnSelect { get; set; }

    /// <summary>Called with whether all rows of the page shall be chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> OnSelectPage { get; set; }

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    private bool IsWholePage => Rows.Count > 0 && Rows.All(row => IsSelected(row.Id));

    // While the client's column is as wide as there is room, the table fills the page; once its width is chosen too, each
    // column has exactly the width it was given.
    private bool IsFluid => Layout.Columns[0].Width is null;

    private string TableClass => IsFluid ? "list lead-list lead-list-fluid" : "list lead-list";

    private string TableWidth => (SelectWidth + Layout.Columns.Sum(WidthOf)).ToString(CultureInfo.InvariantCulture);

    private const int SelectWidth = 44;

    /// <summary>The script's word for a column that was put elsewhere.</summary>
    /// <param name="column">The column's name; what is none changes nothing.</param>
    /// <param name="place">Its new place, 0 is the client's.</param>
    [JSInvokable]
    public Task MoveAsync(string column, int place) =>
        LeadListAddress.ParseEnum<LeadColumn>(column) is { } moved
            ? OnLayout.InvokeAsync(Layout.Moved(moved, place))
            : Task.CompletedTask;

    /// <summary>The script's word for a column's new width.</summary>
    /// <param name="column">The column's name; what is none changes nothing.</param>
    /// <param name="width">In CSS pixels.</param>
    [JSInvokable]
    public Task ResizeAsync(string column, int width) =>
        LeadListAddress.ParseEnum<LeadColumn>(column) is { } resized
            ? OnLayout.InvokeAsync(Layout.Resized(resized, width))
            : Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new PageScript<LeadTable>(this);
            await _script.StartAsync(JS, Assets["js/lead-list.js"], "watch", _frame);
        }
    }

    private static int WidthOf(LeadColumnPlace place) => place.Width ?? ColumnLook.UsualWidth(place.Column);

    private string? WidthStyle(LeadColumnPlace place) =>
        place.Column is LeadColumn.Client && IsFluid
            ? null
            : $"width: {WidthOf(place).ToString(CultureInfo.InvariantCulture)}px";

    private string? SortState(LeadSort? sort) =>
        sort is null ? null
        : Query.Sort != sort ? "none"
        : Query.Descending ? "descending"
        : "ascending";

    private string SortMark(LeadSort sort) =>
        Query.Sort != sort ? ""
        : Query.Descending ? "↓"
        : "↑";
}
