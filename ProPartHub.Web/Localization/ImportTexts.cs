namespace ProPartHub.Web.Localization;

/// <summary>Texts about imports of leads: <c>IStringLocalizer&lt;ImportTexts&gt;</c>.</summary>
public sealed class ImportTexts;
