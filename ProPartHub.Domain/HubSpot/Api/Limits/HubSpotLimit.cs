namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Which of HubSpot's limits refused a call.</summary>
public enum HubSpotLimit
{
    /// <summary>The rolling ten seconds of general calls.</summary>
    Burst,

    /// <summary>The searches of a second.</summary>
    Search,

    /// <summary>The rolling ten seconds of batch associations.</summary>
    Associations,

    /// <summary>The account's calls of the day, all apps together.</summary>
    Daily,

    /// <summary>Status 477: the account is moving to another data centre, for up to a day.</summary>
    AccountMove,
}
