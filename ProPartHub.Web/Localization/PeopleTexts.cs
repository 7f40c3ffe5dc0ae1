namespace ProPartHub.Web.Localization;

/// <summary>Texts of the pages about people: <c>IStringLocalizer&lt;PeopleTexts&gt;</c>.</summary>
public sealed class PeopleTexts;
