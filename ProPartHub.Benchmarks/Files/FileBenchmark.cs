using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Lists;
using ProPartHub.Web.Components.Audit;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Leads.Listing;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Benchmarks.Files;

/// <summary>
/// Files to take away, of few rows and of many: memory must not grow with them. Beside each the plain way, which reads
/// everything, makes the file and sends it.
/// </summary>
internal static class FileBenchmark
{
    // Held live at most, whatever the size. Two pages of the audit, their names and their lines come to less.
    private const long Bar = 32 * 1024 * 1024;

    private const int Few = 10_000;

    // Of more than these the plain way takes gigabytes.
    private const int MostAtOnce = 100_000;

    /// <returns>False when a file of the portal was not whole or held more than the bar.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var (rows, isWithin) = (new List<IReadOnlyList<string>>(), true);
        foreach (var size in new[] { Few, MostAtOnce, options.Rows }.Distinct())
        {
            await using var scratch = await ScratchHub.StartAsync(new CommandRecorder(), cancellationToken);
            await using var hub = await FileHub.StartAsync(scratch, size, cancellationToken);
            foreach (
                var (name, isOurs, write) in Cases(hub, size, cancellationToken)
                    .Where(file => file.IsOurs || size <= MostAtOnce)
            )
            {
                // What only the first run does, such as compiling queries, is none of the file's.
                if (size == Few)
                {
                    await write();
                }

                var figures = await HeapWatch.MeasureAsync(write);
                isWithin &= !isOurs || figures.Live <= Bar;
                rows.Add(RowOf(name, size, figures));
            }
        }

        report.Heading("Files to take away");
        report.Line($"The bar is {Megabytes(Bar)} MiB held live by a file of the portal, whatever its size.");
        report.Table(["File", "rows", "MB written", "s", "peak heap MiB", "held live MiB", "process MiB"], rows);
        return isWithin;
    }

    private static IEnumerable<(string Name, bool IsOurs, Func<Task<long>> Write)> Cases(
        FileHub hub,
        int size,
        CancellationToken cancellationToken
    )
    {
        yield return ("leads, CSV", true, async () => Whole(await LeadsAsync(hub, "", cancellationToken), size));
        yield return (
            "leads, XLSX",
            true,
            async () =>
                Packed(await LeadsAsync(hub, $"?{TableAnswer.Format}={TableAnswer.Workbook}", cancellationToken), size)
        );
        yield return (
            "audit, CSV",
            true,
            async () =>
            {
                var file = await hub.AnswerAsync<AuditExport>(
                    (export, context) => export.AnswerAsync(context, cancellationToken)
                );
                return Whole(file, size);
            }
        );
        yield return ("… all loaded first", false, () => LoadAuditAsync(hub, cancellationToken));
        yield return (
            "a client's data, JSON",
            true,
            async () =>
            {
                var file = await hub.AnswerAsync<ClientExport>(
                    (export, context) => export.AnswerAsync(context, hub.LeadId)
                );
                return Whole(file, size);
            }
        );
        yield return ("… all loaded first", false, () => LoadClientAsync(hub, cancellationToken));
    }

    // Every row is at least a line.
    private static long Whole(CountedStream file, int size) =>
        file.Lines > size
            ? file.Bytes
            : throw new InvalidOperationException($"{file.Lines} lines for {size} rows: the file is not whole.");

    // A packed row is shorter than a line and never nothing.
    private static long Packed(CountedStream file, int size) =>
        file.Bytes > 8L * size
            ? file.Bytes
            : throw new InvalidOperationException($"{file.Bytes} bytes for {size} rows: the file is not whole.");

    private static Task<CountedStream> LeadsAsync(FileHub hub, string query, CancellationToken cancellationToken) =>
        hub.AnswerAsync<LeadExport>(
            (export, context) =>
            {
                context.Request.QueryString = new QueryString(query);
                return export.AnswerAsync(context, cancellationToken);
            }
        );

    private static async Task<long> LoadAuditAsync(FileHub hub, CancellationToken cancellationToken)
    {
        await using var db = await hub.Database.ReadAsync(cancellationToken);
        var rows = await db.SecurityEvents.OrderByDescending(row => row.OccurredAt).ToListAsync(cancellationToken);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            foreach (var (name, value) in row.Details)
            {
                text.Append(CsvLine.Of($"{row.OccurredAt:u}", row.ActorName, row.Address, $"{row.Kind}", name, value));
            }
        }

        return await SendAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    private static async Task<long> LoadClientAsync(FileHub hub, CancellationToken cancellationToken)
    {
        await using var db = await hub.Database.ReadAsync(cancellationToken);
        var rows = await db.Comments.OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        return await SendAsync(JsonSerializer.SerializeToUtf8Bytes(rows), cancellationToken);
    }

    private static async Task<long> SendAsync(byte[] file, CancellationToken cancellationToken)
    {
        await using var body = new CountedStream();
        await body.WriteAsync(file, cancellationToken);
        return body.Bytes;
    }

    private static IReadOnlyList<string> RowOf(string name, int size, HeapFigures figures) =>
        [
            name,
            size.ToString("N0", CultureInfo.InvariantCulture),
            (figures.Bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture),
            figures.Time.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture),
            Megabytes(figures.Peak),
            Megabytes(figures.Live),
            Megabytes(figures.Resident),
        ];

    private static string Megabytes(long bytes) => (bytes / 1024d / 1024).ToString("N1", CultureInfo.InvariantCulture);
}
