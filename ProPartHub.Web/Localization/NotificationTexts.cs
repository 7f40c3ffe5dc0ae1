namespace ProPartHub.Web.Localization;

/// <summary>Texts of notifications: <c>IStringLocalizer&lt;NotificationTexts&gt;</c>.</summary>
public sealed class NotificationTexts;
