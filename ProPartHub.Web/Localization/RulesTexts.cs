namespace ProPartHub.Web.Localization;

/// <summary>Texts about rules, assignment and availability: <c>IStringLocalizer&lt;RulesTexts&gt;</c>.</summary>
public sealed class RulesTexts;
