using System.Globalization;
using System.Text;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>One row of the former portal, each value as the text that PostgreSQL writes for it.</summary>
internal sealed class LegacyRow(long id, IReadOnlyDictionary<string, string?> values)
{
    /// <summary>Its number.</summary>
    public long Id => id;

    /// <summary>Print of the whole row.</summary>
    public string Hash { get; } =
        LegacyPrint.Of(
            string.Join(
                '\n',
                values
                    .OrderBy(value => value.Key, StringComparer.Ordinal)
                    .Select(value => $"{value.Key}={value.Value?.Length ?? -1}:{value.Value}")
            )
        );

    /// <summary>A value as it is; null also where the table has no such column.</summary>
    public string? Raw(string column) => values.GetValueOrDefault(column);

    /// <summary>A value as one line of readable text; null when nothing is left.</summary>
    public string? Line(string column) =>
        Readable(Raw(column))?.ReplaceLineEndings(" ").Replace('\t', ' ').Trim() is { Length: > 0 } line ? line : null;

    /// <summary>A value as readable text that keeps its lines; null when nothing is left.</summary>
    public string? Text(string column) =>
        Readable(Raw(column))?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The number of another row.</summary>
    public long? Link(string column) =>
        long.TryParse(Raw(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var link) ? link : null;

    /// <summary>A yes or no; null where nobody said.</summary>
    public bool? Flag(string column) =>
        Raw(column) switch
        {
            "true" or "t" or "1" => true,
            "false" or "f" or "0" => false,
            _ => null,
        };

    /// <summary>An amount; null where there is none, and where it is none (NaN, infinite, too large).</summary>
    public decimal? Amount(string column) =>
        decimal.TryParse(Raw(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    /// <summary>A day; null where there is none that can be read.</summary>
    public DateOnly? Day(string column) =>
        DateOnly.TryParseExact(
            Raw(column),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <inheritdoc cref="LegacyClock.Utc"/>
    public DateTimeOffset? Utc(string column) => LegacyClock.Utc(Raw(column));

    /// <inheritdoc cref="LegacyClock.Local"/>
    public DateTimeOffset? Local(string column) => LegacyClock.Local(Raw(column));

    // What nobody can see goes, lines stay.
    private static string? Readable(string? text) =>
        ReadableText.Is(text)
            ? text
            : string.Concat(
                text!.EnumerateRunes().Where(rune => rune.Value is '\n' or '\r' or '\t' || !Rune.IsControl(rune))
            );
}
