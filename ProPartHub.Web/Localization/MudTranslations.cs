using System.Resources;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace ProPartHub.Web.Localization;

/// <summary>MudBlazor's own texts (pagers, pickers, filters) in Ukrainian; English is built into the library.</summary>
public sealed class MudTranslations : MudLocalizer
{
    private static readonly ResourceManager Texts = new(typeof(MudTranslations));

    public override LocalizedString this[string key] =>
        Languages.Current == Languages.Default && Texts.GetString(key, Languages.Default.Culture) is { } text
            ? new LocalizedString(key, text)
            : new LocalizedString(key, key, resourceNotFound: true);
}
