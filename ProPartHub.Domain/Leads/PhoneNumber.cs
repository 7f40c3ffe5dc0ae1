using PhoneNumbers;

namespace ProPartHub.Domain.Leads;

/// <summary>Reads phone numbers with Google's libphonenumber rules.</summary>
public static class PhoneNumber
{
    /// <summary>The country of numbers without a country code (ISO 3166): the agency's people type them so.</summary>
    public const string HomeCountry = "UA";

    private static readonly PhoneNumberUtil Rules = PhoneNumberUtil.GetInstance();

    /// <summary>Brings an international number to E.164 (<c>+380501234567</c>).</summary>
    /// <param name="text">A number as typed, with its country code; blanks, brackets and a leading 00 are fine.</param>
    /// <param name="e164">The number, or null when it is none.</param>
    public static bool TryNormalise(string? text, out string? e164) => TryNormalise(text, HomeCountry, out e164);

    /// <summary>The same, for numbers of another country.</summary>
    /// <param name="text">A number as typed.</param>
    /// <param name="country">The country of numbers without a country code (ISO 3166).</param>
    /// <param name="e164">The number, or null when it is none.</param>
    public static bool TryNormalise(string? text, string country, out string? e164)
    {
        e164 = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
        {
            return false;
        }

        var trimmed = text.Trim();
        if (trimmed.StartsWith("00", StringComparison.Ordinal))
        {
            trimmed = "+" + trimmed[2..];
        }
        else if (trimmed.StartsWith("380", StringComparison.Ordinal))
        {
            trimmed = "+" + trimmed;
        }

        try
        {
            var number = Rules.Parse(trimmed, country);
            if (number.HasExtension || !Rules.IsValidNumber(number))
            {
                return false;
            }

            e164 = Rules.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>The number with spaces for people to read, or the text itself when it is no number.</summary>
    public static string Display(string text)
    {
        try
        {
            return Rules.Format(Rules.Parse(text, HomeCountry), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return text;
        }
    }
}
