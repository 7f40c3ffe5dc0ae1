using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>Sizes of files as people read them.</summary>
internal static class FileSize
{
    private const int Kilobyte = 1024;

    /// <summary>Whole kilobytes, at least one, or megabytes or gigabytes with a decimal.</summary>
    public static string Size(this IStringLocalizer<SharedTexts> texts, long bytes) =>
        bytes < Kilobyte * Kilobyte ? texts["Size_Kilobytes", Math.Max(1, bytes / Kilobyte)]
        : bytes < (long)Kilobyte * Kilobyte * Kilobyte ? texts["Size_Megabytes", Decimal(bytes, 2)]
        : texts["Size_Gigabytes", Decimal(bytes, 3)];

    private static string Decimal(long bytes, int steps) =>
        ((decimal)bytes / (decimal)Math.Pow(Kilobyte, steps)).ToString("0.0", CultureInfo.CurrentCulture);
}
