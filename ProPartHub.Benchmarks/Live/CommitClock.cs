using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Notes the moment just before COMMIT is sent; the writer makes one change at a time.</summary>
internal sealed class CommitClock : DbTransactionInterceptor
{
    private long _last;

    /// <summary>Timestamp of the newest commit.</summary>
    public long Last => Volatile.Read(ref _last);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
    }
}
