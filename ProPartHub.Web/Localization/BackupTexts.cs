namespace ProPartHub.Web.Localization;

/// <summary>Texts about backups: <c>IStringLocalizer&lt;BackupTexts&gt;</c>.</summary>
public sealed class BackupTexts;
