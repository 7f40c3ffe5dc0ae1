namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>The budget a call draws on: HubSpot counts these three apart.</summary>
public enum HubSpotBucket
{
    /// <summary>Everything that is not named below: so many in ten seconds for an app.</summary>
    General,

    /// <summary>Searches: so many in a second for an account, outside the ten-second budget.</summary>
    Search,

    /// <summary>Batch associations: so many in ten seconds, outside the general budget.</summary>
    Associations,
}
