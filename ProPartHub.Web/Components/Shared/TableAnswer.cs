using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An answer that is a table to take away: a CSV file, or a workbook where the address asks for one.</summary>
internal static class TableAnswer
{
    public const string Format = "format";
    public const string Workbook = "xlsx";

    public static bool IsWorkbook(HttpContext context) => context.Request.Query[Format] == Workbook;

    /// <summary>Writes the table as it is read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="holds">What it holds, in letters, digits and hyphens.</param>
    /// <param name="title">The name of the workbook's sheet.</param>
    /// <param name="time">The agency's time.</param>
    /// <param name="write">Gives the rows of texts, amounts and empty cells, one by one.</param>
    public static async Task WriteAsync(
        HttpContext context,
        string holds,
        string title,
        AgencyTime time,
        Func<Func<IReadOnlyList<object?>, CancellationToken, Task>, Task> write
    )
    {
        if (!IsWorkbook(context))
        {
            await using var writer = CsvAnswer.Begin(context, holds, time);
            await write((row, token) => writer.WriteAsync(CsvLine.Of(row.Select(Text)).AsMemory(), token));
            return;
        }

        // The archive writes the small heads of its parts at once, whatever way it is written to; the rows go as they come.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        var file = FileAnswer.Begin(context, holds, ".xlsx", XlsxSheet.MediaType, time);
        await using var sheet = await XlsxSheet.BeginAsync(file, title, context.RequestAborted);
        await write(sheet.AddAsync);
    }

    /// <summary>A cell as text.</summary>
    public static string? Text(object? cell) =>
        cell is decimal amount
            ? amount.ToString("0.##", CultureInfo.InvariantCulture)
            : Convert.ToString(cell, CultureInfo.InvariantCulture);
}
