using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>A lead's comments, calls, mails, meetings and changes, newest first, and the place to write.</summary>
public sealed partial class LeadTimeline
{
    private List<TimelineEntry> _entries = [];
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    private TimelineKinds _kinds = TimelineKinds.All;
    private (Guid Lead, int Tick, bool IsClosed) _shown;
    private CommentView? _quoted;
    private bool _hasMore;
    private bool _isRead;
    private bool _hasFailed;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who reads and writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Every stage, for the names in changes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<StageItem> Stages { get; set; } = [];

    /// <summary>Rises when the lead changed and the timeline must be read again.</summary>
    [Parameter]
    public int Tick { get; set; }

    /// <summary>True where nothing can be written or taken back any more: what happened is all that is shown.</summary>
    [Parameter]
    public bool IsClosed { get; set; }

    [Inject]
    private TimelineQueries Queries { get; set; } = null!;

    [Inject]
    private TimelineChoice Choice { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    private string Script => "./" + Assets["js/timeline.js"];

    private EventCallback<FieldRestore> Restoring =>
        IsClosed ? default : EventCallback.Factory.Create<FieldRestore>(this, RestoreAsync);

    protected override async Task OnParametersSetAsync()
    {
        _kinds = IsClosed ? TimelineKinds.All : Choice.Kinds;
        if (_shown != (LeadId, Tick, IsClosed))
        {
            _shown = (LeadId, Tick, IsClosed);
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !IsClosed && await Choice.ReadAsync(Script, Actor.UserId))
        {
            await ShowAsync(Choice.Kinds);
            StateHasChanged();
        }
    }

    // As far back as was shown: a change by somebody else must not take away what is being read.
    private Task ReadAsync() => ReadAsync(before: null);

    private Task MoreAsync() => ReadAsync(_entries[^1].At);

    // What is shown stays when the database does not answer, and what is being typed with it.
    private async Task ReadAsync(DateTimeOffset? before)
    {
        try
        {
            var size = before is null ? Math.Max(_entries.Count, TimelineQueries.PageSize) : TimelineQueries.PageSize;
            var page = await Queries.PageAsync(Actor, LeadId, _kinds, before, size, CancellationToken.None);
            (_entries, _hasMore) = (before is null ? [.. page.Entries] : [.. _entries, .. page.Entries], page.HasMore);
            await NameAgentsAsync(_entries);
            (_isRead, _hasFailed) = (true, false);
        }
        catch (NotFoundException)
        {
            // The page itself says that the lead is gone.
            _entries = [];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private async Task FilterAsync(TimelineKinds kinds)
    {
        await Choice.KeepAsync(Script, Actor.UserId, kinds);
        await ShowAsync(kinds);
    }

    private Task ShowAsync(TimelineKinds kinds)
    {
        (_kinds, _entries) = (kinds, []);
        return ReadAsync();
    }

    // The day stands over its first entry, by the agency's calendar.
    private IEnumerable<(TimelineEntry Entry, string? Day)> ByDay()
    {
        DateTime? last = null;
        foreach (var entry in _entries)
        {
            var day = Time.Local(entry.At).Date;
            yield return (entry, day == last ? null : DayName(day));
            last = day;
        }
    }

    private string DayName(DateTime day) =>
        (Time.Now.Date - day).Days switch
        {
            0 => T["Timeline_Today"],
            1 => T["Timeline_Yesterday"],
            _ => day.ToString("D", CultureInfo.CurrentCulture),
        };

    private Task NameAgentsAsync(IEnumerable<TimelineEntry> entries) =>
        NameAgentsAsync(
            entries
                .SelectMany(entry => entry.Event?.Changes ?? [])
                .Where(change => change.Field == nameof(LeadField.Agent))
                .SelectMany(change => new[] { change.Before, change.After })
        );

    private async Task NameAgentsAsync(IEnumerable<string?> values)
    {
        var ids = values
            .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .ToHashSet();
        var names = await People.NamesAsync(ids, CancellationToken.None);
        _names = _names.Concat(names).DistinctBy(name => name.Key).ToDictionary();
    }

    private void Quote(CommentView comment) => _quoted = comment;
}
