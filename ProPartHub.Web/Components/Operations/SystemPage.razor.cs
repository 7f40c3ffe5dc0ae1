using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Operations;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Operations;

/// <summary>
/// How the portal runs, for admins. The circuit reads again every <see cref="Every"/> while the page is open; the browser asks
/// for nothing, and several admins share one reading.
/// </summary>
public sealed partial class SystemPage : ActingComponent
{
    /// <summary>How often it is read again.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private OperationsOverview? _overview;

    [Inject]
    private OperationsDesk Desk { get; set; } = null!;

    [Inject]
    private CircuitCount Circuits { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Localization.SyncTexts> Sync { get; set; } = null!;

    private IReadOnlyList<string> Troubles => _overview is { } overview ? [.. TroublesOf(overview)] : [];

    /// <inheritdoc/>
    protected override async Task ReadAsync() => _overview = await Desk.ReadAsync(Who!, Life);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Every, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Life))
            {
                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (Life.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
#pragma warning disable CA1031 // Nobody awaits this: what it meets goes to the page's error boundary, or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private IEnumerable<string> TroublesOf(OperationsOverview overview)
    {
        if (overview.Snapshot is not { } snapshot)
        {
            yield return T["Trouble_Database"];
            yield break;
        }

        if (!overview.Feed.IsConnected)
        {
            yield return T["Trouble_Feed"];
        }

        if (overview.Exchange.State is SyncState.Refused or SyncState.Failing)
        {
            yield return T["Trouble_Sync", Sync[$"State_{overview.Exchange.State}"]];
        }

        if (snapshot.Database.PendingMigrations > 0)
        {
            yield return T["Trouble_Migrations"];
        }

        if (!snapshot.IsAuditIntact)
        {
            yield return T["Trouble_Audit"];
        }

        if (snapshot.Backup.HasFailed)
        {
            yield return T["Trouble_Backup"];
        }

        if (snapshot.LateAt(overview.At) is { Count: > 0 } late)
        {
            yield return T["Trouble_Queues", string.Join(", ", late.Select(queue => T[$"Queue_{queue.Queue}"].Value))];
        }

        if (overview.Work.Where(state => state.IsFailing).ToList() is { Count: > 0 } failing)
        {
            yield return T["Trouble_Work", string.Join(", ", failing.Select(state => T[$"Work_{state.Work}"].Value))];
        }
    }
}
