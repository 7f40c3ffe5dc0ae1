using System.Text;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An answer that is a CSV file, written as it is read.</summary>
internal static class CsvAnswer
{
    // Spreadsheets take a file without the mark for one of their own code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <inheritdoc cref="FileAnswer.Begin"/>
    public static StreamWriter Begin(HttpContext context, string holds, AgencyTime time) =>
        new(FileAnswer.Begin(context, holds, ".csv", "text/csv; charset=utf-8", time), WithMark);
}
