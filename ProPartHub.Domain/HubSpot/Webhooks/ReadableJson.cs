using System.Globalization;

namespace ProPartHub.Domain.HubSpot.Webhooks;

/// <summary>
/// JSON whose texts are texts. An escape may name what is none: NUL, or half of a pair, as when somebody cuts a value
/// within an emoji. PostgreSQL stores neither and .NET reads no halves, so one such value would have a whole delivery of
/// a hundred events refused at every try.
/// </summary>
internal static class ReadableJson
{
    private const int EscapeLength = 6;

    /// <summary>The same JSON; in place of what is no text stands the replacement character.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\u"u8) < 0)
        {
            return json;
        }

        var readable = json.ToArray();
        for (var i = 0; i < readable.Length; i++)
        {
            if (readable[i] != '\\')
            {
                continue;
            }

            var rest = readable.AsSpan(i);
            if (Unit(rest) is not { } unit)
            {
                // Another escape; its second byte may be a backslash too.
                i++;
            }
            else if (char.IsHighSurrogate(unit) && Unit(rest[EscapeLength..]) is { } low && char.IsLowSurrogate(low))
            {
                i += (2 * EscapeLength) - 1;
            }
            else
            {
                if (unit == '\0' || char.IsSurrogate(unit))
                {
                    "\\ufffd"u8.CopyTo(rest);
                }

                i += EscapeLength - 1;
            }
        }

        return readable;
    }

    // The UTF-16 unit that an escape at the start names.
    private static char? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength
        && json.StartsWith("\\u"u8)
        && ushort.TryParse(
            json[2..EscapeLength],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : null;
}
