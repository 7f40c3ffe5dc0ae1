namespace ProPartHub.Web.Localization;

/// <summary>Texts of the property catalogue: <c>IStringLocalizer&lt;CatalogueTexts&gt;</c>.</summary>
public sealed class CatalogueTexts;
