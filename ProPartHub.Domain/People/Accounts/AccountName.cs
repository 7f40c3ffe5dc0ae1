using System.Text.RegularExpressions;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Names by which people log in: a user name, or the mail address, which alone contains an @.</summary>
public static partial class AccountName
{
    /// <summary>Shortest user name, in characters.</summary>
    public const int MinimumLength = 3;

    /// <summary>Longest user name, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Longest mail address (RFC 5321).</summary>
    public const int MailLength = 254;

    // Column width of what was typed.
    private const int TypedLength = 256;

    /// <summary>Whether the text can only be a mail address: user names hold no @, so the two never meet.</summary>
    public static bool IsMail(string name) => name.Contains('@', StringComparison.Ordinal);

    /// <summary>
    /// Whether this may be a user name: Latin letters, digits, dot, dash and underscore. One alphabet, since Cyrillic
    /// о and Latin o look alike and would let one person pose as another.
    /// </summary>
    public static bool IsUserName(string name) => Allowed().IsMatch(name);

    /// <summary>
    /// The typed text without outer spaces and control characters, cut to 256: PostgreSQL stores no zero
    /// character, and a line break in a name would forge a line of a log.
    /// </summary>
    public static string Clean(string? typed)
    {
        var text = string.Concat((ReadableText.Cleaned(typed) ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return text.Length <= TypedLength ? text : ReadableText.Cleaned(text[..TypedLength])!;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{3,64}$")]
    private static partial Regex Allowed();
}
