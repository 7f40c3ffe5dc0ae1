namespace ProPartHub.Web.Localization;

/// <summary>Texts of mails and of the pages about them: <c>IStringLocalizer&lt;MailTexts&gt;</c>.</summary>
public sealed class MailTexts;
