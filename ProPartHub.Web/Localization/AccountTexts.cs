namespace ProPartHub.Web.Localization;

/// <summary>Texts of sign-in and the own account: <c>IStringLocalizer&lt;AccountTexts&gt;</c>.</summary>
public sealed class AccountTexts;
