namespace ProPartHub.Web.Localization;

/// <summary>Texts of the list of HubSpot's contacts: <c>IStringLocalizer&lt;ContactsTexts&gt;</c>.</summary>
public sealed class ContactsTexts;
