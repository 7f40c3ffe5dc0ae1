using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.Mail;

/// <summary>
/// Wakes this process's sender, and whoever shows mails, when a transaction that wrote a mail has been committed. Only a
/// wake-up: the rows are the truth, and the sender looks for them by itself too.
/// </summary>
public sealed class MailSignal(TimeProvider time) : DbTransactionInterceptor
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(15);

    private readonly WakeSignal _signal = new();

    /// <summary>Raised after such a commit, on the thread of whoever committed.</summary>
    public event Action? Changed;

    /// <summary>Returns when there may be something to send.</summary>
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
            if (context.ChangeTracker.Entries<OutgoingMail>().Any())
            {
                _signal.Wake();
                Changed?.Invoke();
            }
        }

        return Task.CompletedTask;
    }
}
