using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Files;

/// <summary>
/// Brings into the store, once at start, what lay in a folder of its own before there was a store: papers of agents and files
/// of comments. A file leaves the folder after its row refers to the store; what cannot be read stays, and whoever opens it is
/// told.
/// </summary>
public sealed partial class FormerFiles(
    HubDatabase database,
    FileStore store,
    IDataProtectionProvider protection,
    IOptions<HubFileOptions> options,
    WorkLog work,
    TimeProvider time,
    ILogger<FormerFiles> logger
) : BackgroundService
{
    /// <summary>End of the names of encrypted files. Older ones lay there as they were handed in.</summary>
    internal const string Encrypted = ".enc";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.Documents.v1");

    /// <summary>Does it now. Several instances may do so side by side: the store keeps equal contents once.</summary>
    /// <returns>How many were brought.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!store.IsReady || options.Value.FormerFolder is not { Length: > 0 } folder)
        {
            return 0;
        }

        var brought = 0;
        foreach (var file in await DueAsync(cancellationToken))
        {
            brought += await BringAsync(file, folder, cancellationToken) ? 1 : 0;
        }

        return brought;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (store.IsReady)
        {
            try
            {
                if (await work.RunAsync(BackgroundWork.FormerFiles, () => RunAsync(stoppingToken)) is > 0 and var count)
                {
                    LogBrought(count);
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

    private async Task<IReadOnlyList<FormerFile>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var papers = await db
            .VerificationDocuments.Where(row => row.FormerFileName != null)
            .Select(row => new FormerFile(row.Id, row.Name, row.FormerFileName!))
            .ToListAsync(cancellationToken);
        var attachments = await db
            .CommentAttachments.Where(row => row.FormerFileName != null)
            .Select(row => new FormerFile(row.Id, row.Name, row.FormerFileName!))
            .ToListAsync(cancellationToken);
        return [.. papers, .. attachments];
    }

    private async Task<bool> BringAsync(FormerFile file, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Path.GetFileName(file.FileName));
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(path, cancellationToken);
            if (file.FileName.EndsWith(Encrypted, StringComparison.Ordinal))
            {
                // Bound to its name: another's file in its place does not open.
                content = _protector.CreateProtector(file.FileName).Unprotect(content);
            }
        }
        catch (Exception fault) when (fault is CryptographicException or IOException)
        {
            // Gone long ago, changed, or just brought by another instance.
            LogUnreadable(file.Id, fault);
            return false;
        }

        using var stream = new MemoryStream(content, writable: false);
        var saved = await store.SaveAsync(stream, file.Name, FileRule.MovedIn, cancellationToken);
        if (saved.File is not { } stored)
        {
            LogUnreadable(file.Id, null);
            return false;
        }

        var isBrought = await database.InTransactionAsync(
            async (db, token) =>
                await db
                    .VerificationDocuments.Where(row => row.Id == file.Id && row.FormerFileName == file.FileName)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(each => each.StoredFileId, stored.Id)
                                .SetProperty(each => each.FormerFileName, (string?)null),
                        token
                    )
                    + await db
                        .CommentAttachments.Where(row => row.Id == file.Id && row.FormerFileName == file.FileName)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(each => each.StoredFileId, stored.Id)
                                    .SetProperty(each => each.FormerFileName, (string?)null),
                            token
                        )
                == 1,
            cancellationToken
        );
        if (isBrought)
        {
            File.Delete(path);
        }

        return isBrought;
    }

    private sealed record FormerFile(Guid Id, string Name, string FileName);

    [LoggerMessage(LogLevel.Information, "{Count} files from before the store of files are in it now")]
    private partial void LogBrought(int count);

    [LoggerMessage(LogLevel.Warning, "The former file of {Row} could not be read to bring it into the store")]
    private partial void LogUnreadable(Guid row, Exception? fault);

    [LoggerMessage(LogLevel.Warning, "Former files could not be brought into the store; trying again in a minute")]
    private partial void LogFailure(Exception failure);
}
