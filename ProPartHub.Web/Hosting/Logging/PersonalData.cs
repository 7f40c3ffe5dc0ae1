using System.Text.RegularExpressions;

namespace ProPartHub.Web.Hosting.Logging;

/// <summary>Finds mail addresses and phone numbers in text and hides all but a hint of them.</summary>
internal static partial class PersonalData
{
    public const string Hidden = "***";

    private static readonly HashSet<string> NamesOfPersonalFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "Email",
        "Mail",
        "Phone",
        "PhoneNumber",
        "Name",
        "FirstName",
        "LastName",
        "MiddleName",
        "FullName",
        "ClientName",
        "UserName",
        "DisplayName",
        "Comment",
        "Password",
        "Token",
        "Secret",
        "ApiKey",
        "Authorization",
    };

    /// <summary>Whether a logged property of this name is hidden whole, whatever it holds.</summary>
    public static bool IsPersonalField(string name) => NamesOfPersonalFields.Contains(name);

    /// <summary>The text with the local part of mail addresses and all but the last two digits of phones hidden.</summary>
    public static string Mask(string text) =>
        LooksHarmless(text)
            ? text
            : Phone().Replace(Mail().Replace(text, $"{Hidden}@$1"), match => $"{Hidden}{match.Value[^2..]}");

    // Most log text has neither sign; two scans for characters cost less than two expressions.
    private static bool LooksHarmless(string text) =>
        !text.Contains('@', StringComparison.Ordinal)
        && !text.Contains("%40", StringComparison.Ordinal)
        && text.AsSpan().IndexOfAnyInRange('0', '9') < 0;

    [GeneratedRegex(@"[\w.+'-]+(?:@|%40)([\w-]+(?:\.[\w-]+)+)")]
    private static partial Regex Mail();

    // International (+380 50 123-45-67, 00380…, %2B380… in an address) or Ukrainian national (050 123 45 67, 380…).
    // Guarded on both sides so that dates, ids and parts of longer numbers stay readable.
    [GeneratedRegex(
        @"(?<![\w+.-])(?:(?:\+|%2B|00)\d(?:[\s().-]{0,2}\d){7,13}|(?:38[\s-]?)?\(?0\d{2}\)?(?:[\s-]{0,2}\d){7})(?![\w-])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Phone();
}
