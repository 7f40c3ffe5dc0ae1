namespace ProPartHub.Web.Localization;

/// <summary>Texts of the board on a wall: <c>IStringLocalizer&lt;WallTexts&gt;</c>.</summary>
public sealed class WallTexts;
