using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Wakes this process's runner when a transaction that wrote an import has been committed. Only a wake-up: the rows are the
/// truth, and the runner looks for them by itself too. Open pages hear of it by the topic.
/// </summary>
public sealed class ImportSignal(TimeProvider time) : DbTransactionInterceptor
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(15);

    private readonly WakeSignal _signal = new();

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
            if (context.ChangeTracker.Entries<LeadImport>().Any())
            {
                _signal.Wake();
            }
        }

        return Task.CompletedTask;
    }
}
