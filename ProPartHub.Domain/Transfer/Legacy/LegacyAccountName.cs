using System.Globalization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Brings user names and mail addresses to the hub's rules.</summary>
internal static class LegacyAccountName
{
    /// <summary>
    /// A user name by the hub's rules: as it was where it fits; else in Latin letters, with _ for what may not stand in it,
    /// and with the old number behind it where it is too short.
    /// </summary>
    public static string Fitting(string? written, long oldId)
    {
        var name = AccountName.Clean(written);
        if (AccountName.IsUserName(name))
        {
            return name;
        }

        var letters = SearchText
            .Normalise(name)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        var fitting = string.Concat(letters).Trim('_');
        return fitting.Length < AccountName.MinimumLength
            ? Numbered(fitting.Length == 0 ? "user" : fitting, oldId)
            : fitting[..Math.Min(fitting.Length, AccountName.MaximumLength)];
    }

    /// <summary>The name with the old number behind it, for one that somebody has.</summary>
    public static string Numbered(string name, long oldId)
    {
        var tail = string.Create(CultureInfo.InvariantCulture, $"_{oldId}");
        return name[..Math.Min(name.Length, AccountName.MaximumLength - tail.Length)] + tail;
    }

    /// <summary>Whether it may be a mail address: the form checks the same.</summary>
    public static bool IsMail(string mail) =>
        mail.Length <= AccountName.MailLength
        && mail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == mail.LastIndexOf('@')
        && at < mail.Length - 1
        && !mail.Any(char.IsWhiteSpace);
}
