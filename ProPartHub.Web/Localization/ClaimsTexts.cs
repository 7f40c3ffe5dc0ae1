namespace ProPartHub.Web.Localization;

/// <summary>Texts about the protection of clients and requests for them: <c>IStringLocalizer&lt;ClaimsTexts&gt;</c>.</summary>
public sealed class ClaimsTexts;
