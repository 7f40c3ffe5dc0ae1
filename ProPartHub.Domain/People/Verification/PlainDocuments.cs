using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Verification;

/// <summary>Encrypts, once at start, documents that were stored before documents were encrypted.</summary>
public sealed partial class PlainDocuments(
    HubDatabase database,
    DocumentStore store,
    TimeProvider time,
    ILogger<PlainDocuments> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Does it now. Several instances may do so side by side: each file is replaced by one of them.</summary>
    /// <returns>How many were encrypted.</returns>
    public async Task<int> EncryptAsync(CancellationToken cancellationToken)
    {
        List<VerificationDocument> plain;
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            plain = await db
                .VerificationDocuments.Where(row => !row.FileName.EndsWith(DocumentStore.Encrypted))
                .ToListAsync(cancellationToken);
        }

        var encrypted = 0;
        foreach (var document in plain)
        {
            encrypted += await EncryptAsync(document, cancellationToken) ? 1 : 0;
        }

        return encrypted;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (store.IsReady)
        {
            try
            {
                if (await EncryptAsync(stoppingToken) is > 0 and var count)
                {
                    LogEncrypted(count);
                }

                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(failure);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task<bool> EncryptAsync(VerificationDocument document, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = await store.ReadAsync(document.FileName, cancellationToken);
        }
        catch (DocumentUnreadableException fault)
        {
            // Gone long ago, or just replaced by another instance; whoever opens it is told.
            LogUnreadable(document.Id, fault);
            return false;
        }

        var name = await store.SaveAsync(content, cancellationToken);
        var isReplaced = await database.InTransactionAsync(
            async (db, token) =>
                await db
                    .VerificationDocuments.Where(row => row.Id == document.Id && row.FileName == document.FileName)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.FileName, name), token) == 1,
            cancellationToken
        );
        // The one that no row names. Where the transaction's end is not known neither goes: too many files lose nothing.
        store.Remove([isReplaced ? document.FileName : name]);
        return isReplaced;
    }

    [LoggerMessage(LogLevel.Information, "{Count} documents from before documents were encrypted are now")]
    private partial void LogEncrypted(int count);

    [LoggerMessage(LogLevel.Warning, "The file of document {Document} could not be read to encrypt it")]
    private partial void LogUnreadable(Guid document, Exception fault);

    [LoggerMessage(LogLevel.Warning, "Documents could not be encrypted; trying again in a minute")]
    private partial void LogFailure(Exception failure);
}
