using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Palette;

/// <summary>What commands are called.</summary>
internal static class CommandText
{
    /// <summary>Its name in the reader's language.</summary>
    public static string Of(
        Command command,
        IStringLocalizer<PaletteTexts> texts,
        IStringLocalizer<SharedTexts> shared
    ) => command.TextKey is { } key ? shared[key] : texts[$"Command_{command.Name}"];

    /// <summary>Its names in all languages: people look for "leads" in the Ukrainian portal too.</summary>
    public static string Everywhere(
        Command command,
        IStringLocalizer<PaletteTexts> texts,
        IStringLocalizer<SharedTexts> shared
    )
    {
        var here = CultureInfo.CurrentUICulture;
        try
        {
            return string.Join(
                ' ',
                Languages.All.Select(language =>
                {
                    CultureInfo.CurrentUICulture = language.Culture;
                    return Of(command, texts, shared);
                })
            );
        }
        finally
        {
            CultureInfo.CurrentUICulture = here;
        }
    }
}
