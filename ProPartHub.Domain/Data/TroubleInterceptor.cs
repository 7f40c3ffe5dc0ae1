using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProPartHub.Domain.Data;

/// <summary>Notes what the server refuses, at the first try and not only after the last.</summary>
internal sealed class TroubleInterceptor(DatabaseCondition condition)
    : DbCommandInterceptor,
        IDbConnectionInterceptor,
        IDbTransactionInterceptor
{
    /// <inheritdoc/>
    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    ) => NoteAsync(eventData.Exception);

    /// <inheritdoc/>
    public Task ConnectionFailedAsync(
        DbConnection connection,
        ConnectionErrorEventData eventData,
        CancellationToken cancellationToken = default
    ) => NoteAsync(eventData.Exception);

    /// <inheritdoc/>
    public Task TransactionFailedAsync(
        DbTransaction transaction,
        TransactionErrorEventData eventData,
        CancellationToken cancellationToken = default
    ) => NoteAsync(eventData.Exception);

    private Task NoteAsync(Exception failure)
    {
        condition.Note(failure);
        return Task.CompletedTask;
    }
}
