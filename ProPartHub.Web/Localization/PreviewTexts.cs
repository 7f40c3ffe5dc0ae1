namespace ProPartHub.Web.Localization;

/// <summary>Texts about the preview of the first exchange with HubSpot: <c>IStringLocalizer&lt;PreviewTexts&gt;</c>.</summary>
public sealed class PreviewTexts;
