namespace ProPartHub.Web.Localization;

/// <summary>Texts about leads of one client and their merging: <c>IStringLocalizer&lt;MergingTexts&gt;</c>.</summary>
public sealed class MergingTexts;
