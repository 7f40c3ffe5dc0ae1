using System.Globalization;

namespace ProPartHub.Web.Localization;

/// <summary>A language of the interface.</summary>
/// <param name="Code">Two letters, as in links, <c>lang</c> attributes and file names of resources.</param>
/// <param name="Name">The language's name in itself.</param>
/// <param name="Culture">How dates, numbers and money are written in it.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture);

/// <summary>The languages of the interface, the default first.</summary>
public static class Languages
{
    /// <summary>Used until a person chooses.</summary>
    public static Language Default { get; } = new("uk", "Українська", CultureInfo.GetCultureInfo("uk-UA"));

    // British and not American: 03/11 must not mean March to one reader and November to another.
    private static readonly Language English = new("en", "English", CultureInfo.GetCultureInfo("en-GB"));

    public static IReadOnlyList<Language> All { get; } = [Default, English];

    /// <summary>The language of the running request or circuit.</summary>
    public static Language Current => Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? Default;

    /// <summary>The language with the two-letter code, or <c>null</c>.</summary>
    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code == code);
}
