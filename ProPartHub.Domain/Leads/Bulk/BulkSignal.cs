using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>
/// Wakes this process's runner, and pages that show reports, when a transaction that wrote an act upon many leads has been
/// committed. Only a wake-up: the rows are the truth, and the runner looks for them by itself too.
/// </summary>
public sealed class BulkSignal(TimeProvider time) : DbTransactionInterceptor
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(15);

    private readonly WakeSignal _signal = new();

    /// <summary>Raised with the person whose act it is, on the thread of whoever committed; handlers return at once.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Returns when there may be something to do.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        _signal.WaitAsync(LongestSleep, time, cancellationToken);

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } context)
        {
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var act in context.ChangeTracker.Entries<BulkAct>())
            {
                _signal.Wake();
                Changed?.Invoke(act.Entity.ActorId);
            }
        }

        return Task.CompletedTask;
    }
}
