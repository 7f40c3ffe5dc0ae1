using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>
/// The reader's acts upon many leads: those under way with their progress, and those that ended until they are put away,
/// whether the browser was open meanwhile or not.
/// </summary>
public sealed partial class BulkReports : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<BulkReport> _reports = [];
    private List<BulkRemainder> _remainders = [];
    private LateRefresh? _later;
    private Guid? _open;
    private bool _hasMore;
    private int _seenChanges;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Grows with what the feed brings: another instance may carry the work out, and says nothing else of it.</summary>
    [Parameter]
    public int Changes { get; set; }

    [Inject]
    private BulkActs Acts { get; set; } = null!;

    [Inject]
    private BulkSignal Signal { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Signal.Changed -= OnChanged;
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _later = new LateRefresh(Clock, ReadAndShowAsync, _closed.Token);
        Signal.Changed += OnChanged;
        await ReadAsync();
    }

    protected override void OnParametersSet()
    {
        var isNews = Changes != _seenChanges;
        _seenChanges = Changes;
        if (isNews && _reports.Any(report => report.State is BulkState.Running))
        {
            _ = _later?.AskAsync();
        }
    }

    private void OnChanged(Guid personId)
    {
        if (personId == Actor.UserId)
        {
            _ = InvokeAsync(ReadAndShowAsync);
        }
    }

    private async Task ReadAndShowAsync()
    {
        if (!_closed.IsCancellationRequested)
        {
            await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            _reports = await Acts.ReportsAsync(Actor, _closed.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseOutage.Is(exception))
        {
            // The page is gone, or the banner tells; what is shown stays until the next news.
        }
    }

    private Task StopAsync(BulkReport report) => ActAsync(() => Acts.StopAsync(Actor, report.Id, _closed.Token));

    private Task DismissAsync(BulkReport report) => ActAsync(() => Acts.DismissAsync(Actor, report.Id, _closed.Token));

    private Task UndoAsync(BulkReport report) =>
        ActAsync(() => Acts.UndoAsync(Actor, report.Id, Guid.CreateVersion7(), _closed.Token));

    private async Task ActAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception)
            when (exception is ForbiddenException or NotFoundException || DatabaseOutage.Is(exception))
        {
            // Said by the report itself: it stands as it stood.
        }

        await ReadAsync();
    }

    private async Task ToggleAsync(BulkReport report)
    {
        var isOpen = _open == report.Id;
        (_open, _remainders, _hasMore) = (isOpen ? null : report.Id, [], false);
        if (!isOpen)
        {
            await ReadOnAsync(report);
        }
    }

    private async Task ReadOnAsync(BulkReport report)
    {
        try
        {
            var more = await Acts.RemaindersAsync(Actor, report.Id, _remainders.Count, _closed.Token);
            _remainders = [.. _remainders, .. more];
            _hasMore = more.Count == BulkActs.PageSize;
        }
        catch (Exception exception) when (exception is NotFoundException || DatabaseOutage.Is(exception))
        {
            _open = null;
        }
    }

    private string Title(BulkReport report) =>
        report.Kind is BulkKind.Undo
            ? T["Bulk_Did_Undo", T[$"Bulk_Kind_{report.UndoneKind}"]]
            : T[$"Bulk_Did_{report.Kind}", report.Target ?? T["Row_Pool"]];

    private string Outcome(BulkReport report)
    {
        if (report.State is BulkState.Running)
        {
            return T["Bulk_Progress", report.Processed, report.Total];
        }

        List<string> parts = [T.Plural("Bulk_Changed", report.Changed)];
        if (report.Processed - report.Changed - report.Refused - report.LeftAlone is > 0 and var same)
        {
            parts.Add(T["Bulk_Same", same]);
        }

        if (report.Refused > 0)
        {
            parts.Add(T["Bulk_Refused", report.Refused]);
        }

        if (report.LeftAlone > 0)
        {
            parts.Add(T["Bulk_LeftAlone", report.LeftAlone]);
        }

        if (report.State is BulkState.Stopped)
        {
            parts.Add(T["Bulk_NotReached", report.Total - report.Processed]);
        }

        return string.Join(" · ", parts);
    }

    private string Reason(BulkRemainder row) =>
        row switch
        {
            { Outcome: BulkOutcome.LeftAlone } => T["Bulk_Reason_LeftAlone"],
            { Code: BulkRefusal.Forbidden } => T["Lead_Forbidden"],
            { Code: BulkRefusal.OutOfSight } => T["Bulk_Reason_OutOfSight"],
            { Code: BulkRefusal.Erased } => T["Erased_Refused"],
            { Code: BulkRefusal.Merged } => T["Merged_Refused"],
            _ => T[$"Fault_{row.Code}"],
        };
}
