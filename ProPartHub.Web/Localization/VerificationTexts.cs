namespace ProPartHub.Web.Localization;

/// <summary>Texts of the verification of agents: <c>IStringLocalizer&lt;VerificationTexts&gt;</c>.</summary>
public sealed class VerificationTexts;
