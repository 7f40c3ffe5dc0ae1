using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <content>What imports are there, and what became of their rows.</content>
public sealed partial class LeadImports
{
    /// <summary>Imports of a page of <see cref="PageAsync"/>.</summary>
    public const int PageSize = 20;

    /// <summary>Rows of a page of <see cref="ProblemsAsync"/>.</summary>
    public const int ProblemsSize = 50;

    /// <summary>Rows of <see cref="PreviewAsync"/>.</summary>
    public const int PreviewSize = 8;

    /// <summary>One import.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public async Task<ImportView> FindAsync(Actor actor, Guid importId, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        var view = await Views(db, db.LeadImports.Where(row => row.Id == importId))
            .SingleOrDefaultAsync(cancellationToken);
        return view is not null && IsOf(actor, view.Import.ActorId)
            ? view with
            {
                CanUndo = CanUndo(view.Import),
            }
            : throw Missing(actor, isThere: view is not null);
    }

    /// <summary>The imports that the actor may see, the latest first; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<ImportPage> PageAsync(Actor actor, ImportPlace? after, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        var seen = actor.Role is Role.Admin ? db.LeadImports : db.LeadImports.Where(row => row.ActorId == actor.UserId);
        if (after is not null)
        {
            seen = seen.Where(row =>
                EF.Functions.LessThan(
                    ValueTuple.Create(row.CreatedAt, row.Id),
                    ValueTuple.Create(after.CreatedAt, after.Id)
                )
            );
        }

        var views = await Views(
                db,
                seen.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(PageSize + 1)
            )
            .ToListAsync(cancellationToken);
        var page = views.Take(PageSize).Select(view => view with { CanUndo = CanUndo(view.Import) }).ToList();
        return new ImportPage(
            page,
            views.Count > PageSize ? new ImportPlace(page[^1].Import.CreatedAt, page[^1].Import.Id) : null
        );
    }

    /// <summary>The first rows of a file that waits, as they would be understood; nothing of a file that was started.</summary>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public async Task<ImportPreview> PreviewAsync(Actor actor, Guid importId, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        var import = await ReachAsync(db, actor, importId, cancellationToken);
        if (import.State is not (ImportState.Draft or ImportState.Checked))
        {
            return new ImportPreview([]);
        }

        var content = await ContentAsync(db, importId, cancellationToken);
        var rows = ImportRows.Of(import, content).Skip(1).Take(PreviewSize).ToList();
        var directory = await ImportDirectory.OpenAsync(db, actor, cancellationToken);
        var reader = new RowReader(import, directory, vocabulary, book);
        return new ImportPreview([.. rows.Select(row => Preview(reader.Read(row.Number, row.Cells), row.Cells))]);
    }

    /// <summary>The rows that were, or by the check would be, refused or left out, in the file's order; a page at a time.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="importId">The import.</param>
    /// <param name="refusedOnly">True for those that were refused alone.</param>
    /// <param name="afterRow">The last row shown; 0 to begin.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public async Task<IReadOnlyList<ImportProblem>> ProblemsAsync(
        Actor actor,
        Guid importId,
        bool refusedOnly,
        int afterRow,
        CancellationToken cancellationToken
    )
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        var import = await ReachAsync(db, actor, importId, cancellationToken);
        return await Problems(db, actor, import, refusedOnly, afterRow, ProblemsSize).ToListAsync(cancellationToken);
    }

    /// <summary>The leads that the undo left alone, a page at a time; of those that the actor may not see any more the row alone.</summary>
    /// <inheritdoc cref="ProblemsAsync" path="/exception"/>
    public async Task<IReadOnlyList<ImportProblem>> LeftAloneAsync(
        Actor actor,
        Guid importId,
        int afterRow,
        CancellationToken cancellationToken
    )
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        await ReachAsync(db, actor, importId, cancellationToken);
        return await Shown(
                db,
                actor,
                db.LeadImportRows.Where(row => row.ImportId == importId && row.Undo == ImportUndo.LeftAlone),
                isPlan: false,
                afterRow,
                ProblemsSize
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>Every row that was refused or left out, for a file to take away; recorded in the audit.</summary>
    /// <param name="actor">Who takes it.</param>
    /// <param name="importId">The import.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The import with its headings, and the rows page by page.</returns>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public async Task<(LeadImport Import, IAsyncEnumerable<ImportProblem> Rows)> ErrorsAsync(
        Actor actor,
        Guid importId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await OpenAsync(actor, cancellationToken);
        var import = await ReachAsync(db, actor, importId, cancellationToken);
        await new SecurityLog(database, time).RecordAsync(
            SecurityEventKind.LeadImportErrorsExported,
            actor,
            null,
            cancellationToken,
            ImportRecord.ErrorFile(importId, import.FileName)
        );
        return (import, RowsAsync(actor, import, cancellationToken));
    }

    private async IAsyncEnumerable<ImportProblem> RowsAsync(
        Actor actor,
        LeadImport import,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var after = 0; ; )
        {
            await using var db = await database.ReadAsync(cancellationToken);
            var page = await Problems(db, actor, import, refusedOnly: false, after, 1_000)
                .ToListAsync(cancellationToken);
            foreach (var problem in page)
            {
                yield return problem;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            after = page[^1].Number;
        }
    }

    private static IQueryable<ImportProblem> Problems(
        HubDbContext db,
        Actor actor,
        LeadImport import,
        bool refusedOnly,
        int afterRow,
        int most
    )
    {
        var isPlan = import.StartedAt is null;
        var rows = db.LeadImportRows.Where(row => row.ImportId == import.Id);
        return Shown(
            db,
            actor,
            isPlan
                ? rows.Where(row =>
                    row.Plan == ImportOutcome.Refused || (!refusedOnly && row.Plan == ImportOutcome.Skipped)
                )
                : rows.Where(row =>
                    row.Outcome == ImportOutcome.Refused || (!refusedOnly && row.Outcome == ImportOutcome.Skipped)
                ),
            isPlan,
            afterRow,
            most
        );
    }

    private static IQueryable<ImportProblem> Shown(
        HubDbContext db,
        Actor actor,
        IQueryable<LeadImportRow> rows,
        bool isPlan,
        int afterRow,
        int most
    ) =>
        rows.Where(row => row.Number > afterRow)
            .OrderBy(row => row.Number)
            .Take(most)
            .LeftJoin(db.Leads.VisibleTo(actor), row => row.LeadId, lead => lead.Id, (row, lead) => new { row, lead })
            .OrderBy(pair => pair.row.Number)
            .Select(pair => new ImportProblem(
                pair.row.Number,
                pair.row.Cells ?? new string[0],
                isPlan ? pair.row.Plan : pair.row.Outcome,
                pair.row.Faults,
                pair.lead == null ? null : pair.lead.Id,
                pair.lead == null ? null : pair.lead.Number,
                pair.lead == null ? null : pair.lead.ClientName
            ));

    private PreviewRow Preview(ReadRow read, IReadOnlyList<string> cells)
    {
        var values = read
            .Given.Select(field => (Field: field, Text: LeadFields.Read(read.Input, field)))
            .Where(value => value.Text is not null)
            .ToDictionary(value => value.Field, value => value.Text!);
        if (read.Stage is { } stage)
        {
            values[LeadField.Stage] = stage.Label;
        }

        var faults = validator
            .Check(read.Input, read.Given)
            .Where(error => !read.Faults.Any(fault => fault.Field == error.Field))
            .Select(error => new ImportFault(error.Field, error.Code, error.Limit?.ToString()));
        return new PreviewRow(read.Row, cells, values, [.. read.Faults, .. faults]);
    }

    private async Task<HubDbContext> OpenAsync(Actor actor, CancellationToken cancellationToken) =>
        MayImport(actor)
            ? await database.ReadAsync(cancellationToken)
            : throw ForbiddenException.For(actor, GuardedAct.ImportLeads);

    private static async Task<LeadImport> ReachAsync(
        HubDbContext db,
        Actor actor,
        Guid importId,
        CancellationToken cancellationToken
    )
    {
        var import = await db.LeadImports.SingleOrDefaultAsync(row => row.Id == importId, cancellationToken);
        return import is not null && IsOf(actor, import.ActorId)
            ? import
            : throw Missing(actor, isThere: import is not null);
    }

    private static IQueryable<ImportView> Views(HubDbContext db, IQueryable<LeadImport> imports) =>
        imports.Select(import => new ImportView(
            import,
            db.Users.Where(user => user.Id == import.ActorId).Select(user => user.DisplayName).First(),
            db.Users.Where(user => user.Id == import.UndoneById).Select(user => user.DisplayName).FirstOrDefault(),
            false
        ));
}
