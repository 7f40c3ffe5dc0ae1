namespace ProPartHub.Web.Localization;

/// <summary>Texts of the sync page: <c>IStringLocalizer&lt;SyncTexts&gt;</c>.</summary>
public sealed class SyncTexts;
