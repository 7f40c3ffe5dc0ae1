namespace ProPartHub.Web.Localization;

/// <summary>Texts of reports: <c>IStringLocalizer&lt;ReportTexts&gt;</c>.</summary>
public sealed class ReportTexts;
