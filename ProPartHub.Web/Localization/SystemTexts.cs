namespace ProPartHub.Web.Localization;

/// <summary>Texts about how the portal runs: <c>IStringLocalizer&lt;SystemTexts&gt;</c>.</summary>
public sealed class SystemTexts;
