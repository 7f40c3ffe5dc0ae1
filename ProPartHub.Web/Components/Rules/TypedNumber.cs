using System.Globalization;

namespace ProPartHub.Web.Components.Rules;

/// <summary>A number as somebody typed it.</summary>
internal static class TypedNumber
{
    /// <summary>The number; -1 for what is none, which the services refuse at its field.</summary>
    public static int Read(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
