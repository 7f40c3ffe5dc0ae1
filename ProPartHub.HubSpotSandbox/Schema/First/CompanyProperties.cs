using static ProPartHub.HubSpotSandbox.Schema.First.Define;

namespace ProPartHub.HubSpotSandbox.Schema.First;

internal static class CompanyProperties
{
    public static IReadOnlyList<PropertyDefinition> All { get; } =
    [
        Text("name", "Company name").Standard(),
        Text("domain", "Company Domain Name").Standard(),
        Text("website", "Website URL").Standard(),
        Phone("phone", "Phone Number").Standard(),
        Text("city", "City").Standard(),
        Text("country", "Country/Region").Standard(),
        Text("twitterhandle", "Twitter Handle").Standard(),
        Number("facebookfans", "Facebook Fans").Standard(),
    ];
}
