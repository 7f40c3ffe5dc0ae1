namespace ProPartHub.Web.Localization;

/// <summary>Texts about message templates: <c>IStringLocalizer&lt;TemplatesTexts&gt;</c>.</summary>
public sealed class TemplatesTexts;
