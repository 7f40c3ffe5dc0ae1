using System.Text.Json.Serialization;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>An error in HubSpot's frame; the correlation id is that of the answer that carries it.</summary>
internal sealed record ApiError
{
    [JsonIgnore]
    public int StatusCode { get; init; }

    public string Status { get; } = "error";

    public required string Message { get; init; }

    public string? CorrelationId { get; init; }

    public string? Category { get; init; }

    public string? SubCategory { get; init; }

    /// <summary>Used by burst and daily 429 answers in place of a category.</summary>
    public string? ErrorType { get; init; }

    public string? PolicyName { get; init; }

    public string? RequestId { get; init; }

    public IReadOnlyList<ApiErrorDetail>? Errors { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }

    public ApiException Exception() => new(this);

    public ApiError About(string key, params IReadOnlyList<string> values) =>
        this with
        {
            Context = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [key] = values },
        };

    public static ApiError Validation(string message) =>
        new()
        {
            StatusCode = StatusCodes.Status400BadRequest,
            Category = "VALIDATION_ERROR",
            Message = message,
        };

    public static ApiError NotFound(string message = "resource not found") =>
        new()
        {
            StatusCode = StatusCodes.Status404NotFound,
            Category = "OBJECT_NOT_FOUND",
            Message = message,
        };

    public static ApiError Conflict(string message) =>
        new()
        {
            StatusCode = StatusCodes.Status409Conflict,
            Category = "CONFLICT",
            Message = message,
        };

    public static ApiError UnsupportedMediaType() =>
        new()
        {
            StatusCode = StatusCodes.Status415UnsupportedMediaType,
            Category = "VALIDATION_ERROR",
            Message = "The request body must be sent with Content-Type application/json.",
        };

    public static ApiError InvalidAuthentication() =>
        new()
        {
            StatusCode = StatusCodes.Status401Unauthorized,
            Category = "INVALID_AUTHENTICATION",
            Message =
                "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find "
                + "more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        };

    /// <summary>HubSpot serves this account no more.</summary>
    public static ApiError Banned() =>
        new()
        {
            StatusCode = StatusCodes.Status403Forbidden,
            Category = "BANNED",
            Message = "This account may not use this API.",
        };

    /// <summary>An error without a category.</summary>
    public static ApiError Plain(int status, string message) => new() { StatusCode = status, Message = message };

    public static ApiError MissingScopes(IReadOnlyList<string> anyOf) =>
        new()
        {
            StatusCode = StatusCodes.Status403Forbidden,
            Category = "MISSING_SCOPES",
            Message = "This app hasn't been granted all required scopes to make this call.",
            Errors =
            [
                new ApiErrorDetail("One or more of the following scopes are required.")
                {
                    Context = new Dictionary<string, IReadOnlyList<string>> { ["requiredGranularScopes"] = anyOf },
                },
            ],
        };
}

internal sealed record ApiErrorDetail(string Message)
{
    public string? Code { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }
}

/// <summary>Ends the handling of a call with an error answer. Nothing has been written when it is thrown.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
