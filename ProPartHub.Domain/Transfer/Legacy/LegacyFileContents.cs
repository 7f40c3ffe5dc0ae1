using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings the contents of files out of a copy of the former portal's folder, those too that an earlier run did not find,
/// and has each put where it belongs. What cannot be stays in <c>legacy_files</c> and is listed.
/// </summary>
internal sealed class LegacyFileContents(
    LegacyRun run,
    FileStore store,
    PictureWorkshop workshop,
    LegacyFilePlaces places,
    LegacyFolder folder
)
{
    /// <summary>Brings each that is not in its place yet.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        run.Report.Add(new("files"), []);
        foreach (var file in await DueAsync(cancellationToken))
        {
            var lines = new List<LegacyLine>();
            var problem = await TakeAsync(file, lines, cancellationToken);
            if (problem is { } wrong)
            {
                lines.Add(LineOf(file, wrong));
                if (run.Report.IsApplied && file.Problem != wrong)
                {
                    await places.KeepAsync(file, file.StoredFileId, wrong, cancellationToken);
                }
            }

            run.Report.Add(new("files") { Read = 1, Brought = problem is null ? 1 : 0 }, lines);
        }
    }

    private async Task<LegacyFileProblem?> TakeAsync(
        LegacyFile file,
        List<LegacyLine> lines,
        CancellationToken cancellationToken
    )
    {
        if (folder.Find(file.Path) is not { } path)
        {
            return LegacyFileProblem.Missing;
        }

        if (ProblemOf(new FileInfo(path).Length) is { } problem)
        {
            return problem;
        }

        // Whether a picture can be drawn, and whether there is room, shows only when it is done.
        if (!run.Report.IsApplied)
        {
            return null;
        }

        var place = file.OwnerId is null ? null : await places.FindAsync(file, cancellationToken);
        if (file.OwnerId is not null && place is null)
        {
            return LegacyFileProblem.OwnerGone;
        }

        if (place is not null && file.Kind is LegacyKind.PropertyPhoto or LegacyKind.UnitPhoto)
        {
            var made = await workshop.MakeAsync(await PictureOfAsync(path, cancellationToken), cancellationToken);
            if (made.Fault is not { } fault)
            {
                return await places.HangAsync(file, place!, made, cancellationToken);
            }

            lines.Add(LineOf(file, LegacyRule.PictureUnreadable, $"kept as a document of the property: {fault}"));
        }

        // The store commits by itself; a content whose row is not written after all is swept.
        await using var content = File.OpenRead(path);
        var saved = await store.SaveAsync(content, file.Name, FileRule.MovedIn, cancellationToken);
        if (saved.File is not { } stored)
        {
            return ProblemOf(saved.Fault);
        }

        if (place is not null)
        {
            return await places.FileAsync(file, place, stored, cancellationToken);
        }

        await places.KeepAsync(file, stored.Id, null, cancellationToken);
        return null;
    }

    // What the store would say, so that a dry run says the same.
    private LegacyFileProblem? ProblemOf(long size) =>
        !store.IsReady ? LegacyFileProblem.NoStore
        : size == 0 ? LegacyFileProblem.Empty
        : size > FileRule.MovedIn.LargestSize ? LegacyFileProblem.TooLarge
        : null;

    private static LegacyFileProblem ProblemOf(FileFault? fault) =>
        fault switch
        {
            FileFault.NoStore => LegacyFileProblem.NoStore,
            FileFault.Empty => LegacyFileProblem.Empty,
            FileFault.TooLarge => LegacyFileProblem.TooLarge,
            _ => LegacyFileProblem.WrongType,
        };

    // The former portal lost the endings of names that were not Latin: the content says what it is.
    private static async Task<HandedIn> PictureOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        var head = new byte[16];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var ending = FileTypes.OfHead(head.AsSpan(0, length)) is { } type
            ? FileTypes.EndingsOf([type]).Split(',')[0]
            : "";
        return new($"picture{ending}", null, content.Length, () => File.OpenRead(path));
    }

    private static LegacyLine LineOf(LegacyFile file, LegacyFileProblem problem) =>
        problem switch
        {
            LegacyFileProblem.Missing => LineOf(file, LegacyRule.FileMissing, "its content is not in the folder"),
            LegacyFileProblem.OwnerGone => LineOf(file, LegacyRule.GoneHere, "whose it is was deleted here"),
            LegacyFileProblem.TooMany => LineOf(file, LegacyRule.FileTooMany, "no room for it"),
            _ => LineOf(
                file,
                LegacyRule.FileRefused,
                string.Create(CultureInfo.InvariantCulture, $"its content was not taken: {problem}")
            ),
        };

    private static LegacyLine LineOf(LegacyFile file, LegacyRule rule, string what) =>
        new(LegacyFiles.TableOf(file.Kind), file.OldId, rule, what);

    private async Task<List<LegacyFile>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await run.ReadAsync(cancellationToken);
        var due = await db
            .LegacyFiles.Where(file => file.StoredFileId == null || file.OwnerId != null)
            .ToListAsync(cancellationToken);
        // A dry run has stored none of its own. The picture that stands for its project comes first, as it did there.
        return
        [
            .. due.Concat(run.Report.IsApplied ? [] : run.Files)
                .OrderBy(file => file.Kind)
                .ThenByDescending(file => file.IsMain)
                .ThenBy(file => file.OldId),
        ];
    }
}
