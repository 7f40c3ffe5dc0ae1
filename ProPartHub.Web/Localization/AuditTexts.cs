namespace ProPartHub.Web.Localization;

/// <summary>Texts of the audit: <c>IStringLocalizer&lt;AuditTexts&gt;</c>.</summary>
public sealed class AuditTexts;
