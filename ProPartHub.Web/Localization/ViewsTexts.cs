namespace ProPartHub.Web.Localization;

/// <summary>Texts of saved views: <c>IStringLocalizer&lt;ViewsTexts&gt;</c>.</summary>
public sealed class ViewsTexts;
