using System.Globalization;
using System.Text;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Hosting;

/// <summary>Writes what moving in did: counts to the console, and every row that was not in order to a file.</summary>
internal static class LegacyReportFile
{
    /// <summary>Writes both.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The console.</param>
    /// <param name="path">The file, CSV where its name says so and Markdown otherwise; null for none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(
        LegacyReport report,
        TextWriter output,
        string? path,
        CancellationToken cancellationToken
    )
    {
        await output.WriteAsync(Summary(report));
        if (path is null)
        {
            return;
        }

        var isCsv = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        // Spreadsheets take a CSV file for their own alphabet without the mark.
        await File.WriteAllTextAsync(
            path,
            isCsv ? Csv(report) : Markdown(report),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: isCsv),
            cancellationToken
        );
        await output.WriteLineAsync($"Row by row: {Path.GetFullPath(path)}");
    }

    private static string Summary(LegacyReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(
            report.IsApplied ? "Moved in." : "Dry run: nothing was written. What would be done, with --apply:"
        );
        foreach (var count in report.Counts)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {count.Table, -26} {count.Read, 7} read {count.Brought, 7} brought {count.Changed, 7} changed {count.Unchanged, 7} unchanged {count.LeftOut, 7} left out"
            );
        }

        foreach (var (rule, count) in report.Rules)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {rule.Outcome, -9} {rule.Name, -26} {count, 7}");
        }

        return text.ToString();
    }

    private static string Csv(LegacyReport report)
    {
        var text = new StringBuilder();
        text.Append(CsvLine.Of(["table", "old id", "outcome", "rule", "what"]));
        foreach (var line in report.Lines)
        {
            text.Append(CsvLine.Of([line.Table, Id(line), line.Rule.Outcome.ToString(), line.Rule.Name, line.What]));
        }

        return text.ToString();
    }

    private static string Markdown(LegacyReport report)
    {
        var text = new StringBuilder($"# Moving in\n\n```\n{Summary(report)}```\n\n");
        text.Append("| table | old id | outcome | rule | what |\n| --- | --- | --- | --- | --- |\n");
        foreach (var line in report.Lines)
        {
            var what = line.What.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {line.Table} | {Id(line)} | {line.Rule.Outcome} | {line.Rule.Name} | {what} |\n"
            );
        }

        return text.ToString();
    }

    private static string Id(LegacyLine line) => line.OldId?.ToString(CultureInfo.InvariantCulture) ?? "";
}
