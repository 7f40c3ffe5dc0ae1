namespace ProPartHub.Web.Localization;

/// <summary>Texts of the knowledge base: <c>IStringLocalizer&lt;KnowledgeTexts&gt;</c>.</summary>
public sealed class KnowledgeTexts;
