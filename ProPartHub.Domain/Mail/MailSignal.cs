using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProPartHub.Domain.Mail;

/// <summary>
/// Wakes this process's sender, and whoever shows mails, when a transaction that wrote a mail has been committed. Only a
/// wake-up: the rows are the truth, and the sender looks for them by itself too.
/// </summary>
public sealed class MailSignal(TimeProvider time) : DbTransactionInterceptor
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(15);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Raised after such a commit, on the thread of whoever committed.</summary>
    public event Action? Changed;

    /// <summary>Returns when there may be something to send.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var sleep = new CancellationTokenSource(LongestSleep, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(sleep.Token, cancellationToken);
        try
        {
            await _wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Slept long enough.
        }
    }

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
                _wakes.Writer.TryWrite(true);
                Changed?.Invoke();
            }
        }

        return Task.CompletedTask;
    }
}
