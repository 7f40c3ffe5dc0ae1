using System.Globalization;
using System.Text;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An answer that is a CSV file, written as it is read.</summary>
internal static class CsvAnswer
{
    // Spreadsheets take a file without the mark for one of their own code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Makes the answer a file to take away, named after what it holds and the moment; kept by no cache.</summary>
    public static StreamWriter Begin(HttpContext context, string holds, AgencyTime time)
    {
        var name = $"{holds}-{time.Now.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}.csv";
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.CacheControl = "no-store";
        return new StreamWriter(context.Response.Body, WithMark);
    }
}
