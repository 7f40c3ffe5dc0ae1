namespace ProPartHub.Web.Localization;

/// <summary>Texts about leads: <c>IStringLocalizer&lt;LeadsTexts&gt;</c>.</summary>
public sealed class LeadsTexts;
