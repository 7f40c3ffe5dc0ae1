using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>All notifications of the reader, newest first and live; filter and place stand in the address.</summary>
public sealed partial class NotificationsPage : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<NotificationKind> _kinds = [];
    private NotificationStretch? _page;
    private (NotificationFilter, NotificationPlace?)? _read;
    private ReaderSubscription? _signal;
    private LateRefresh? _refresh;
    private Actor? _actor;
    private bool _hasFailed;

    [SupplyParameterFromQuery(Name = NotificationsAddress.StateKey)]
    private string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = NotificationsAddress.KindKey)]
    private string? KindText { get; set; }

    [SupplyParameterFromQuery(Name = NotificationsAddress.AfterKey)]
    private string? AfterText { get; set; }

    [Inject]
    private NotificationQueries Queries { get; set; } = null!;

    [Inject]
    private NotificationReading Reading { get; set; } = null!;

    [Inject]
    private NotificationSignal Signal { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private NotificationFilter Filter => NotificationsAddress.Read(StateText, KindText);

    private NotificationPlace? After => NotificationPlace.Read(AfterText);

    private bool MayMark => _actor is { ViewerId: null };

    private EventCallback<IReadOnlyList<Guid>> Marking =>
        MayMark ? EventCallback.Factory.Create<IReadOnlyList<Guid>>(this, MarkAsync) : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        _signal?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == (Filter, After))
        {
            return;
        }

        _read = (Filter, After);
        if (_actor is null)
        {
            _actor = await Actor.GetAsync();
            _kinds = NotificationKinds.For(_actor.Role);
            _refresh = new LateRefresh(Clock, RefreshAsync, _closed.Token);
            _signal = new ReaderSubscription(
                handler => Signal.Join(_actor.UserId, handler),
                handler => Signal.Leave(_actor.UserId, handler),
                () => _ = InvokeAsync(_refresh.AskAsync)
            );
        }

        await ReadAsync();
    }

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    // Filters may be set faster than the database answers: only the answer to the latest question shows.
    private async Task ReadAsync()
    {
        var asked = _read;
        try
        {
            var page = await Queries.PageAsync(_actor!, Filter, After, _closed.Token);
            if (asked == _read)
            {
                (_page, _hasFailed) = (page, false);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private Task MarkAsync(IReadOnlyList<Guid> ids) => ActAsync(() => Reading.MarkAsync(_actor!, ids, _closed.Token));

    private Task MarkAllAsync() => ActAsync(() => Reading.MarkAllAsync(_actor!, Clock.GetUtcNow(), _closed.Token));

    private async Task ActAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
            return;
        }

        await ReadAsync();
    }

    private void ShowKind(ChangeEventArgs change) =>
        Show(Filter with { Kind = NotificationsAddress.Read(null, change.Value as string).Kind });

    private void Show(NotificationFilter filter) => Navigation.NavigateTo(NotificationsAddress.Write(filter));

    private static string Pressed(bool isOn) => isOn ? "true" : "false";
}
