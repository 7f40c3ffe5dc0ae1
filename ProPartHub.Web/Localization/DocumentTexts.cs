namespace ProPartHub.Web.Localization;

/// <summary>Texts of documents and of files in general: <c>IStringLocalizer&lt;DocumentTexts&gt;</c>.</summary>
public sealed class DocumentTexts;
