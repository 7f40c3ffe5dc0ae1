namespace ProPartHub.Web.Localization;

/// <summary>Texts of the palette and of the keys: <c>IStringLocalizer&lt;PaletteTexts&gt;</c>.</summary>
public sealed class PaletteTexts;
