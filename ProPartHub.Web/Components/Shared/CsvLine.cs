using System.Buffers;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// Lines of a CSV file that people open in a spreadsheet. A value that a spreadsheet would take for a formula is led by an
/// apostrophe: what somebody typed into a name must never be carried out on an admin's machine.
/// </summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\"\r\n\t");

    public static string Of(params IEnumerable<string?> values) => string.Join(',', values.Select(Cell)) + "\r\n";

    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return string.Empty;
        }

        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Special)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
