using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Brings the rows of an uploaded file, and what becomes of them, into their table, inside the caller's transaction.</summary>
internal static class ImportRows
{
    /// <summary>The rows of a file, the headings first.</summary>
    /// <exception cref="UnreadableFileException">It cannot be read.</exception>
    /// <param name="import">How it is read.</param>
    /// <param name="content">The file.</param>
    /// <param name="isNew">True where it was not read before.</param>
    public static IEnumerable<TableRow> Of(LeadImport import, byte[] content, bool isNew = false) =>
        import is { Coding: { } coding, Separator: [var separator] }
            ? TableSource.Text(content, new TextShape(coding, separator))
        : isNew ? TableSource.Sheet(content)
        : TableSource.SheetOnceMore(content);

    /// <summary>Stores them all in one stream, in place of what was there.</summary>
    /// <returns>How many rows there are below the headings.</returns>
    /// <exception cref="UnreadableFileException">It cannot be read; nothing is stored then.</exception>
    public static async Task<int> LoadAsync(HubDbContext db, LeadImport import, CancellationToken cancellationToken)
    {
        var content = await db
            .LeadImportFiles.Where(file => file.ImportId == import.Id)
            .Select(file => file.Content)
            .SingleAsync(cancellationToken);
        // Read to its end before anything is written: a copy that breaks off would take the transaction with it. Twice read, and
        // never held as a whole.
        var count = Of(import, content).Skip(1).Count();
        if (count == 0)
        {
            throw new UnreadableFileException(FileTrouble.NoRows);
        }

        await db.LeadImportRows.Where(row => row.ImportId == import.Id).ExecuteDeleteAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY lead_import_rows (import_id, number, cells, plan, outcome, faults) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        foreach (var row in Of(import, content).Skip(1))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(import.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Number, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(JsonSerializer.Serialize(row.Cells), NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync((int)ImportOutcome.Waiting, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync((int)ImportOutcome.Waiting, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync("[]", NpgsqlDbType.Jsonb, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
        return count;
    }

    /// <summary>Stores what has become of rows, in one command for all of them; their cells stay as they are.</summary>
    public static Task StoreAsync(
        HubDbContext db,
        Guid importId,
        IReadOnlyCollection<LeadImportRow> rows,
        CancellationToken cancellationToken
    )
    {
        int[] numbers = [.. rows.Select(row => row.Number)];
        int[] plans = [.. rows.Select(row => (int)row.Plan)];
        int[] outcomes = [.. rows.Select(row => (int)row.Outcome)];
        Guid?[] leads = [.. rows.Select(row => row.LeadId)];
        long?[] events = [.. rows.Select(row => row.EventId)];
        // A key is a phone or a mail: no line breaks in it.
        string?[] keys = [.. rows.Select(row => row.Keys is { } own ? string.Join('\n', own) : null)];
        string[] faults = [.. rows.Select(row => JsonSerializer.Serialize(row.Faults, JsonColumn.Named))];
        string?[] changes =
        [
            .. rows.Select(row => row.Changes is { } made ? JsonSerializer.Serialize(made, JsonColumn.Named) : null),
        ];
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE lead_import_rows AS stored
            SET plan = told.plan, outcome = told.outcome, lead_id = told.lead_id, event_id = told.event_id,
                keys = string_to_array(told.keys, E'\n'), faults = told.faults::jsonb, changes = told.changes::jsonb
            FROM unnest({numbers}, {plans}, {outcomes}, {leads}, {events}, {keys}, {faults}, {changes})
                AS told (number, plan, outcome, lead_id, event_id, keys, faults, changes)
            WHERE stored.import_id = {importId} AND stored.number = told.number
            """,
            cancellationToken
        );
    }
}
