namespace ProPartHub.Web.Localization;

/// <summary>Texts of the start page: <c>IStringLocalizer&lt;DashboardTexts&gt;</c>.</summary>
public sealed class DashboardTexts;
