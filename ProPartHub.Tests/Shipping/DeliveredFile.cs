using System.Text.RegularExpressions;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Shipping;

/// <summary>A file that operators take along beside the program.</summary>
internal static partial class DeliveredFile
{
    /// <summary>Its lines, without those that begin with <c>#</c> and a space, and with lines continued by <c>\</c> joined.</summary>
    public static IReadOnlyList<string> Lines(params string[] path) =>
        [
            .. Continued()
                .Replace(File.ReadAllText(Path.Combine([Checkout.Folder, .. path])), " ")
                .Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)),
        ];

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();
}
