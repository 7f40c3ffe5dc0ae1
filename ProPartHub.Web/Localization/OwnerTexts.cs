namespace ProPartHub.Web.Localization;

/// <summary>Texts about HubSpot's owners and the people they are: <c>IStringLocalizer&lt;OwnerTexts&gt;</c>.</summary>
public sealed class OwnerTexts;
