using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings the contents of files out of a copy of the former portal's folder into the file store, those too that an earlier
/// run did not find. Its rows name them until the places that files belong to take them over.
/// </summary>
internal sealed class LegacyFileContents(LegacyRun run, HubDatabase database, FileStore store, LegacyFolder folder)
{
    private const int BatchSize = 50;

    /// <summary>Brings each whose content is not here yet.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        run.Report.Add(new("files"), []);
        foreach (var files in (await DueAsync(cancellationToken)).Chunk(BatchSize))
        {
            var lines = new List<LegacyLine>();
            var found = new Dictionary<Guid, (Guid? Content, LegacyFileProblem? Problem)>();
            foreach (var file in files)
            {
                // The store commits each by itself; a content whose row is not written after all is swept.
                var (content, problem) = found[file.Id] = await TakeAsync(file, cancellationToken);
                if (problem is { } wrong)
                {
                    lines.Add(LineOf(file, wrong));
                }
            }

            if (run.Report.IsApplied)
            {
                await StoreAsync(found, cancellationToken);
            }

            run.Report.Add(
                new("files") { Read = files.Length, Brought = found.Values.Count(file => file.Problem is null) },
                lines
            );
        }
    }

    private async Task<(Guid? Content, LegacyFileProblem? Problem)> TakeAsync(
        LegacyFile file,
        CancellationToken cancellationToken
    )
    {
        if (folder.Find(file.Path) is not { } path)
        {
            return (null, LegacyFileProblem.Missing);
        }

        var size = new FileInfo(path).Length;
        if (ProblemOf(size) is { } problem)
        {
            return (null, problem);
        }

        if (!run.Report.IsApplied)
        {
            return (null, null);
        }

        await using var content = File.OpenRead(path);
        var saved = await store.SaveAsync(content, file.Name, FileRule.MovedIn, cancellationToken);
        return saved.File is { } stored
            ? (stored.Id, null)
            : (
                null,
                saved.Fault switch
                {
                    FileFault.NoStore => LegacyFileProblem.NoStore,
                    FileFault.Empty => LegacyFileProblem.Empty,
                    FileFault.TooLarge => LegacyFileProblem.TooLarge,
                    _ => LegacyFileProblem.WrongType,
                }
            );
    }

    // What the store would say, so that a dry run says the same.
    private LegacyFileProblem? ProblemOf(long size) =>
        !store.IsReady ? LegacyFileProblem.NoStore
        : size == 0 ? LegacyFileProblem.Empty
        : size > FileRule.MovedIn.LargestSize ? LegacyFileProblem.TooLarge
        : null;

    private static LegacyLine LineOf(LegacyFile file, LegacyFileProblem problem)
    {
        var isMissing = problem is LegacyFileProblem.Missing;
        return new(
            LegacyFiles.TableOf(file.Kind),
            file.OldId,
            isMissing ? LegacyRule.FileMissing : LegacyRule.FileRefused,
            isMissing
                ? "its content is not in the folder"
                : string.Create(CultureInfo.InvariantCulture, $"its content was not taken: {problem}")
        );
    }

    private async Task<List<LegacyFile>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await run.ReadAsync(cancellationToken);
        var due = await db.LegacyFiles.Where(file => file.StoredFileId == null).ToListAsync(cancellationToken);
        // A dry run has stored none of its own.
        return
        [
            .. due.Concat(run.Report.IsApplied ? [] : run.Files).OrderBy(file => file.Kind).ThenBy(file => file.OldId),
        ];
    }

    private Task StoreAsync(
        Dictionary<Guid, (Guid? Content, LegacyFileProblem? Problem)> found,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var ids = found.Keys.ToList();
                foreach (var row in await db.LegacyFiles.Where(file => ids.Contains(file.Id)).ToListAsync(token))
                {
                    (row.StoredFileId, row.Problem) = found[row.Id];
                }
            },
            cancellationToken
        );
}
