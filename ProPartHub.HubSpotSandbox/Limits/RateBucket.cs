namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>The budget an endpoint draws on. Search and batch associations are exempt from the ten-second one.</summary>
internal enum RateBucket
{
    Ordinary,
    Search,
    Associations,
}
