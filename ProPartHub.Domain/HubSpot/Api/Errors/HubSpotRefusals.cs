namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>The token is unknown, expired or malformed (401). Repeating does not help: an admin has to look.</summary>
public sealed class HubSpotUnauthorizedException(HubSpotFault fault)
    : HubSpotException("HubSpot does not accept the access token.", fault);

/// <summary>The token is good, but this is not allowed (403).</summary>
public class HubSpotForbiddenException(HubSpotFault fault, string message = "HubSpot refuses access.")
    : HubSpotException(message, fault);

/// <summary>The token lacks a scope (403 MISSING_SCOPES).</summary>
public sealed class HubSpotMissingScopesException(HubSpotFault fault, IReadOnlyList<string> scopes)
    : HubSpotForbiddenException(fault, $"The access token lacks a scope: {string.Join(" or ", scopes)}.")
{
    /// <summary>Scopes of which any one would do, such as <c>crm.objects.deals.write</c>; empty if HubSpot names none.</summary>
    public IReadOnlyList<string> Scopes { get; } = scopes;
}

/// <summary>There is no such record, or it is archived or was merged away beyond following (404).</summary>
public sealed class HubSpotNotFoundException(HubSpotFault fault)
    : HubSpotException("HubSpot has no such thing.", fault);

/// <summary>A record with this unique value exists (409).</summary>
public sealed class HubSpotConflictException(HubSpotFault fault, string? existingId)
    : HubSpotException("HubSpot has such a record already.", fault)
{
    /// <summary>Id of the existing record, where HubSpot tells it. It may match by a <em>secondary</em> e-mail.</summary>
    public string? ExistingId { get; } = existingId;
}

/// <summary>HubSpot does not accept what was sent (400 and other refusals of the request itself).</summary>
public sealed class HubSpotValidationException(HubSpotFault fault)
    : HubSpotException("HubSpot does not accept the values.", fault);

/// <summary>The record is locked for a moment (423). Nothing was written.</summary>
public sealed class HubSpotLockedException : HubSpotException
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(2);

    /// <summary>HubSpot asks for a wait of at least two seconds.</summary>
    public HubSpotLockedException(HubSpotFault fault, TimeSpan? retryAfter)
        : base("The record is locked in HubSpot.", fault)
    {
        RetryAfter = retryAfter > ShortestWait ? retryAfter : ShortestWait;
    }

    internal override bool IsTransient => true;
}

/// <summary>Too many calls (429), or the account is on the move (477). Nothing was written.</summary>
public sealed class HubSpotRateLimitedException : HubSpotException
{
    /// <summary>Refused by HubSpot, or by the limiter on HubSpot's behalf.</summary>
    public HubSpotRateLimitedException(HubSpotLimit limit, TimeSpan? retryAfter, HubSpotFault fault)
        : base($"HubSpot's limit is reached: {limit}.", fault)
    {
        Limit = limit;
        RetryAfter = retryAfter;
    }

    /// <summary>Which limit.</summary>
    public HubSpotLimit Limit { get; }

    internal override bool IsTransient => Limit is not (HubSpotLimit.Daily or HubSpotLimit.AccountMove);
}
