using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>Makes backups and looks at them, one at a time over all instances, and writes down what came of it.</summary>
public sealed partial class BackupRunner(
    BackupConnection connection,
    BackupMaker maker,
    BackupVerification verification,
    BackupShelf shelf,
    BackupJournal journal,
    IOptions<BackupOptions> options,
    AgencyCalendar calendar,
    TimeProvider time,
    ILogger<BackupRunner> logger
)
{
    /// <summary>Makes a backup, looks at it if that is wanted, and lets go what is kept no longer.</summary>
    /// <param name="run">What was asked for; its fields say afterwards what came of it.</param>
    /// <param name="heard">Hears of progress too; null for nobody.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <param name="isDue">
    /// Asked once nobody else can be at it: another instance may just have done it. Null where it is wanted anyway.
    /// </param>
    /// <returns>False while another instance or command is at it, or where it is not due any more; then nothing was done.</returns>
    public Task<bool> BackUpAsync(
        BackupRun run,
        BackupReport? heard,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<bool>>? isDue = null
    ) => UnderLeaseAsync(run, heard, isDue, (report, token) => MakeAsync(run, report, token), cancellationToken);

    /// <summary>Looks at a backup that is there.</summary>
    /// <inheritdoc cref="BackUpAsync"/>
    public Task<bool> VerifyAsync(
        BackupRun run,
        BackupReport? heard,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<bool>>? isDue = null
    ) =>
        UnderLeaseAsync(
            run,
            heard,
            isDue,
            (report, token) =>
                CheckAsync(
                    run,
                    run.Place is { } place ? Path.Combine(place, run.Name!) : shelf.PathOf(run.Name!),
                    report,
                    token
                ),
            cancellationToken
        );

    private async Task<bool> UnderLeaseAsync(
        BackupRun run,
        BackupReport? heard,
        Func<CancellationToken, Task<bool>>? isDue,
        Func<BackupReport, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        await using var lease = await BackupLease.TryTakeAsync(connection.ConnectionString, cancellationToken);
        if (lease is null || (isDue is not null && !await isDue(cancellationToken)))
        {
            return false;
        }

        await journal.BeginAsync(run, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
        try
        {
            run.Result = BackupResult.Done;
            await work(journal.ProgressOf(run, heard), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            run.Result = BackupResult.Interrupted;
            await journal.EndAsync(run, CancellationToken.None);
            throw;
        }
        catch (Exception fault)
        {
            // Whatever it was: it has to be seen, and the next try may do better.
            LogFailed(fault);
            (run.Result, run.Words) = (BackupResult.Failed, fault.Message);
        }

        await journal.EndAsync(run, cancellationToken);
        return true;
    }

    private async Task MakeAsync(BackupRun run, BackupReport report, CancellationToken cancellationToken)
    {
        var folder =
            run.Place
            ?? shelf.Folder
            ?? throw new BackupException("No folder is set for backups: Backup__Folder, or backup --to FOLDER.");
        var made = await maker.MakeAsync(folder, report, cancellationToken);
        (run.Name, run.Size, run.Added) = (made.Name, made.Manifest.Size, made.Added);
        LogMade(made.Name, made.Manifest.Size, made.Added);
        if (options.Value.Verify)
        {
            await CheckAsync(run, made.Path, report, cancellationToken);
        }

        if (made.Manifest.Missing is [var first, ..] missing)
        {
            // They were lost before; the backup is as good as the portal is.
            run.Words =
                $"{run.Words} {missing.Count} stored files were missing already and are not in the backup, the first is {first}.".Trim();
        }

        if (run is { Result: BackupResult.Done, Place: null })
        {
            await LetGoAsync(folder, cancellationToken);
        }
    }

    private async Task CheckAsync(BackupRun run, string path, BackupReport report, CancellationToken cancellationToken)
    {
        var verdict = await verification.VerifyAsync(path, report, cancellationToken);
        run.Check =
            !verdict.IsSound ? BackupCheck.Unsound
            : verdict.IsRestored ? BackupCheck.Restored
            : BackupCheck.HashesOnly;
        run.Words = verdict.IsSound ? verdict.NotRestored : string.Join(' ', verdict.Faults);
        if (!verdict.IsSound)
        {
            run.Result = BackupResult.Failed;
        }
    }

    private async Task LetGoAsync(string folder, CancellationToken cancellationToken)
    {
        var backups = await BackupShelf.ListAsync(folder, cancellationToken);
        foreach (var backup in BackupRetention.Surplus(backups, time.GetUtcNow(), options.Value, calendar))
        {
            BackupShelf.Remove(folder, backup.Name);
            LogRemoved(backup.Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "Backup {Name} was made: {Size} bytes, {Added} of them new")]
    private partial void LogMade(string name, long size, long added);

    [LoggerMessage(LogLevel.Information, "Backup {Name} is kept no longer and was removed")]
    private partial void LogRemoved(string name);

    [LoggerMessage(LogLevel.Error, "The backup, or the look at one, failed")]
    private partial void LogFailed(Exception fault);
}
