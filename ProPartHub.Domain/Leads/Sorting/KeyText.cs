using System.Globalization;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>What leads are sorted by, as text in a cursor and back.</summary>
internal static class KeyText
{
    /// <summary>A key as text.</summary>
    public static string Of(object? key) =>
        key switch
        {
            null => "",
            DateTimeOffset moment => moment.UtcTicks.ToString(CultureInfo.InvariantCulture),
            Enum value => value.ToString("D"),
            _ => Convert.ToString(key, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>Reads a key; false for what is none.</summary>
    public static bool TryRead<T>(string text, out T key)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        object? read = null;
        if (type == typeof(string))
        {
            read = text;
        }
        else if (type == typeof(DateTimeOffset) && IsTicks(text, out var ticks))
        {
            read = new DateTimeOffset(ticks, TimeSpan.Zero);
        }
        else if (
            type == typeof(decimal)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        )
        {
            read = amount;
        }
        else if (type.IsEnum)
        {
            read = Named(type, text);
        }

        key = read is null ? default! : (T)read;
        return read is not null;
    }

    private static bool IsTicks(string text, out long ticks) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ticks)
        && ticks <= DateTimeOffset.MaxValue.Ticks;

    private static object? Named(Type type, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && Enum.IsDefined(type, value)
            ? Enum.ToObject(type, value)
            : null;
}
