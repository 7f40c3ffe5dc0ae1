namespace ProPartHub.Web.Localization;

/// <summary>Texts of the board: <c>IStringLocalizer&lt;BoardTexts&gt;</c>.</summary>
public sealed class BoardTexts;
