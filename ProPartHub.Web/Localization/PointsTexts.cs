namespace ProPartHub.Web.Localization;

/// <summary>Texts about points, levels and the ranking: <c>IStringLocalizer&lt;PointsTexts&gt;</c>.</summary>
public sealed class PointsTexts;
