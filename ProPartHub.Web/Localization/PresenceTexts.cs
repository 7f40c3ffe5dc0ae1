namespace ProPartHub.Web.Localization;

/// <summary>Texts about who has a lead open: <c>IStringLocalizer&lt;PresenceTexts&gt;</c>.</summary>
public sealed class PresenceTexts;
