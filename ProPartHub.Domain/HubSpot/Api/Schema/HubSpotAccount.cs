namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>The account a token belongs to.</summary>
public sealed record HubSpotAccount
{
    /// <summary>The account's id; the database is bound to it.</summary>
    public long PortalId { get; init; }

    /// <summary><c>STANDARD</c>, <c>DEVELOPER_TEST</c>, <c>SANDBOX</c> or <c>APP_DEVELOPER</c>.</summary>
    public string? AccountType { get; init; }

    /// <summary>IANA name of the account's time zone; its daily limit resets at midnight there.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Offset of that zone now, in milliseconds.</summary>
    public long UtcOffsetMilliseconds { get; init; }

    /// <summary>Currency of the account.</summary>
    public string? CompanyCurrency { get; init; }

    /// <summary>Host of the pages in HubSpot, for links to records.</summary>
    public string? UiDomain { get; init; }

    /// <summary>Data centre, such as <c>na1</c> or <c>eu1</c>.</summary>
    public string? DataHostingLocation { get; init; }

    /// <summary>The time zone, or a fixed offset where this machine does not know its name.</summary>
    public TimeZoneInfo FindTimeZone()
    {
        if (TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone))
        {
            return zone;
        }

        // Whole minutes, and no zone on earth is further than 14 hours: what TimeZoneInfo takes.
        var offset = TimeSpan.FromMinutes(Math.Clamp(UtcOffsetMilliseconds / 60_000, -14 * 60, 14 * 60));
        return TimeZoneInfo.CreateCustomTimeZone("HubSpot account", offset, TimeZone, TimeZone);
    }
}
