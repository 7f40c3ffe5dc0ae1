using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>
/// The bell of a circuit: it counts what is unread, shows the newest, says what comes, and marks a lead's notifications as
/// read when its page is opened. It reads when the database tells of something for this person, and never by the clock.
/// </summary>
public sealed partial class NotificationCenter : IAsyncDisposable
{
    private const string PanelId = "notification-panel";
    private const int MostShown = 30;

    private readonly PageLife _closed = new();
    private readonly HashSet<Guid> _said = [];
    private Actor? _actor;
    private ReaderSubscription? _signal;
    private IJSObjectReference? _module;
    private IReadOnlyList<NotificationView>? _rows;
    private DateTimeOffset _openedAt;
    private string _saying = "";
    private int _unread;
    private bool _isOpening;
    private bool _isReading;
    private bool _mustReadAgain;
    private bool _hasFailed;

    [Inject]
    private NotificationQueries Queries { get; set; } = null!;

    [Inject]
    private NotificationReading Reading { get; set; } = null!;

    [Inject]
    private NotificationSettings Settings { get; set; } = null!;

    [Inject]
    private NotificationSignal Signal { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool MayMark => _actor is { ViewerId: null };

    private string Count => _unread >= NotificationQueries.MostCounted ? "99+" : $"{_unread}";

    private string Label => _unread > 0 ? T.Plural("Bell_Count", _unread) : T["Bell_Label"];

    private EventCallback<IReadOnlyList<Guid>> Marking =>
        MayMark ? EventCallback.Factory.Create<IReadOnlyList<Guid>>(this, MarkAsync) : default;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Moved;
        _signal?.Dispose();
        await _closed.CancelAsync();
        _closed.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.InvokeVoidAsync("stop");
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The window is gone, and its title with it.
            }
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Actor.GetAsync();
        _openedAt = Clock.GetUtcNow();
        _signal = new ReaderSubscription(
            handler => Signal.Join(_actor.UserId, handler),
            handler => Signal.Leave(_actor.UserId, handler),
            () => _ = InvokeAsync(RefreshAsync)
        );
        Navigation.LocationChanged += Moved;
        await MarkOpenLeadAsync();
        await RefreshAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>(
                "import",
                "./Components/Notifications/NotificationCenter.razor.js"
            );
            await ShowCountAsync();
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs change) =>
        _ = InvokeAsync(async () =>
        {
            await CallAsync("close", PanelId);
            await MarkOpenLeadAsync();
        });

    // Several signals while reading ask for one reading more.
    private async Task RefreshAsync()
    {
        _mustReadAgain = true;
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            while (_mustReadAgain && !_closed.IsCancellationRequested)
            {
                _mustReadAgain = false;
                await ReadAsync();
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var state = await Queries.BellAsync(_actor!, _closed.Token);
            var fresh = state.Newest.Where(row => row.CreatedAt > _openedAt && _said.Add(row.Id)).ToList();
            _unread = state.Unread;
            if (_rows is not null)
            {
                await ReadRowsAsync();
            }

            // What was said goes with the next reading: its lead may have gone too.
            _saying = fresh.Count > 0 ? T["Bell_Said", Said(fresh[0])] : "";
            StateHasChanged();
            await ShowCountAsync();
            await TellBrowserAsync([.. fresh.Where(row => row.IsForBrowser)]);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The window is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner says so; when the database is back the signal comes again.
        }
    }

    private async Task OpenAsync()
    {
        try
        {
            (_hasFailed, _isOpening) = (false, true);
            await ReadRowsAsync();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The window is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private async Task ReadRowsAsync()
    {
        var page = await Queries.PageAsync(_actor!, new NotificationFilter(), after: null, _closed.Token);
        _rows = [.. page.Rows.Take(MostShown)];
    }

    private Task MarkAsync(IReadOnlyList<Guid> ids) => ActAsync(() => Reading.MarkAsync(_actor!, ids, _closed.Token));

    private Task MarkAllAsync() => ActAsync(() => Reading.MarkAllAsync(_actor!, Clock.GetUtcNow(), _closed.Token));

    private async Task MarkOpenLeadAsync()
    {
        if (MayMark && NotificationsAddress.LeadOf(Navigation.ToBaseRelativePath(Navigation.Uri)) is { } lead)
        {
            await ActAsync(() => Reading.MarkLeadAsync(_actor!, lead, _closed.Token));
        }
    }

    // What was marked is shown by the signal that follows, in every window of the person.
    private async Task ActAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The window is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _rows is not null;
        }
    }

    private Task ShowCountAsync() => CallAsync("show", _unread == 0 ? "" : Count);

    private async Task TellBrowserAsync(IReadOnlyList<NotificationView> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var wishes = await Settings.ReadAsync(_actor!, _closed.Token);
        var told = rows.Select(row => new BrowserNotice(
            Words.Sentence(row),
            wishes.NamesClients ? NotificationWords.Lead(row)
                : row.LeadNumber is { } number ? $"L-{number}"
                : null,
            row.Id,
            new NotificationGroup([row]).Href ?? NotificationsAddress.Path
        ));
        await CallAsync("tell", told.ToList());
    }

    private string Said(NotificationView row) =>
        NotificationWords.Lead(row) is { } lead ? $"{Words.Sentence(row)}: {lead}" : Words.Sentence(row);

    private async Task CallAsync(string function, object argument)
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await _module.InvokeVoidAsync(function, _closed.Token, argument);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }

    private sealed record BrowserNotice(string Title, string? Body, Guid Tag, string Href);
}
