using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// Turns a refusal into an exception: by status, then category, then the codes of its errors. Sentences are only looked
/// into where HubSpot puts a fact nowhere else (the id of an existing contact, the limit behind a 429).
/// </summary>
internal static partial class HubSpotErrorReader
{
    /// <summary>A whole answer that is not 2xx.</summary>
    public static HubSpotException Read(int status, TimeSpan? retryAfter, byte[] body, HubSpotBucket bucket)
    {
        var error = Parse(body);
        var fault = FaultOf(status, error);
        return status switch
        {
            // Cloudflare, in front of HubSpot, answers 530 to a token it cannot read.
            401 or 530 => new HubSpotUnauthorizedException(fault),
            423 => new HubSpotLockedException(fault, retryAfter),
            429 => new HubSpotRateLimitedException(LimitOf(error, bucket), retryAfter, fault),
            477 => new HubSpotRateLimitedException(HubSpotLimit.AccountMove, retryAfter, fault),
            408 => new HubSpotServerException(fault, retryAfter),
            >= 500 => new HubSpotServerException(fault, retryAfter),
            >= 400 => Refusal(status, error, fault),
            _ => new HubSpotUnexpectedAnswerException("HubSpot answered neither success nor error.", fault),
        };
    }

    /// <summary>One input's refusal inside a batch answer: only the category tells what it is.</summary>
    public static HubSpotException ReadBatchError(HubSpotErrorBody error) =>
        error.Category switch
        {
            "OBJECT_NOT_FOUND" => Refusal(404, error, FaultOf(404, error)),
            "CONFLICT" => Refusal(409, error, FaultOf(409, error)),
            "MISSING_SCOPES" => Refusal(403, error, FaultOf(403, error)),
            _ => Refusal(400, error, FaultOf(400, error)),
        };

    /// <summary>Seconds or a date, as HTTP defines it; nonsense is ignored.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > now => date - now,
            _ => null,
        };

    private static HubSpotException Refusal(int status, HubSpotErrorBody error, HubSpotFault fault) =>
        status switch
        {
            403 when error.Category == "MISSING_SCOPES" => new HubSpotMissingScopesException(fault, ScopesOf(error)),
            403 => new HubSpotForbiddenException(fault),
            404 => new HubSpotNotFoundException(fault),
            409 => new HubSpotConflictException(fault, ExistingIdOf(error)),
            _ => new HubSpotValidationException(fault),
        };

    private static HubSpotErrorBody Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, HubSpotJson.Http.HubSpotErrorBody) ?? new();
        }
        catch (JsonException)
        {
            // A proxy's page or a bare line such as "error code: 1015": the status has to do.
            return new();
        }
    }

    private static HubSpotFault FaultOf(int status, HubSpotErrorBody error) =>
        new(status, error.Category, error.Message ?? "", error.CorrelationId, IssuesOf(error));

    private static List<HubSpotIssue> IssuesOf(HubSpotErrorBody error)
    {
        var issues = error.Errors.SelectMany(IssuesOf).ToList();
        return issues.Exists(issue => issue.Property is not null)
            ? issues
            : [.. issues, .. IssuesInWords(error.Message)];
    }

    private static IEnumerable<HubSpotIssue> IssuesOf(HubSpotErrorDetail detail)
    {
        var names = detail.Context.Texts("propertyName");
        return names.Count > 0
            ? names.Select(name => new HubSpotIssue(name, detail.Code, detail.Message ?? ""))
            : [new HubSpotIssue(detail.In, detail.Code, detail.Message ?? "")];
    }

    private static IEnumerable<HubSpotIssue> IssuesInWords(string? message)
    {
        if (message is null || InvalidValues().Match(message) is not { Success: true } match)
        {
            return [];
        }

        try
        {
            var values = JsonSerializer.Deserialize(
                match.Groups["list"].Value,
                HubSpotJson.Http.HubSpotInvalidValueArray
            );
            return values?.Select(value => new HubSpotIssue(value.Name, value.Error, value.Message ?? "")) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static List<string> ScopesOf(HubSpotErrorBody error) =>
        [
            .. error
                .Errors.SelectMany(detail =>
                    detail.Context.Texts("requiredGranularScopes").Concat(detail.Context.Texts("requiredScopes"))
                )
                .Distinct(),
        ];

    private static string? ExistingIdOf(HubSpotErrorBody error) =>
        ExistingId().Match(error.Message ?? "") is { Success: true } match ? match.Groups["id"].Value : null;

    // The policy is named in burst and daily refusals; search refusals have only a sentence; some have nothing.
    private static HubSpotLimit LimitOf(HubSpotErrorBody error, HubSpotBucket bucket)
    {
        var words = $"{error.PolicyName} {error.Message}";
        if (words.Contains("daily", StringComparison.OrdinalIgnoreCase))
        {
            return HubSpotLimit.Daily;
        }

        return bucket switch
        {
            HubSpotBucket.Search => HubSpotLimit.Search,
            HubSpotBucket.Associations => HubSpotLimit.Associations,
            _ => HubSpotLimit.Burst,
        };
    }

    [GeneratedRegex(@"Existing ID:\s*(?<id>\d+)")]
    private static partial Regex ExistingId();

    [GeneratedRegex(@"Property values were not valid:\s*(?<list>\[.*\])\s*$", RegexOptions.Singleline)]
    private static partial Regex InvalidValues();
}
