using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Collects every fault of the <c>HubSpot</c> section, each message naming the setting to change.</summary>
internal sealed partial class HubSpotOptionsValidator : IValidateOptions<HubSpotOptions>
{
    public ValidateOptionsResult Validate(string? name, HubSpotOptions options)
    {
        var faults = new List<string>();
        void Require(bool holds, string setting, string rule)
        {
            if (!holds)
            {
                faults.Add($"{HubSpotOptions.Section}:{setting} {rule}");
            }
        }

        Require(
            options.BaseAddress is { IsAbsoluteUri: true, PathAndQuery: "/" } address && IsSafe(address),
            nameof(options.BaseAddress),
            "must be an https address without a path (http only on loopback)."
        );
        Require(
            Token().IsMatch(options.AccessToken),
            nameof(options.AccessToken),
            "is required: the bearer token alone, without spaces."
        );
        Require(
            // An environment variable that is there and empty says the same as one that is not there.
            string.IsNullOrEmpty(options.ClientSecret)
                || options.ClientSecret.Trim().Length > 0,
            nameof(options.ClientSecret),
            "must be left out or filled, not blank."
        );
        Require(
            string.IsNullOrEmpty(options.WebhookPublicUrl)
                || (Uri.TryCreate(options.WebhookPublicUrl, UriKind.Absolute, out var webhook) && IsSafe(webhook)),
            nameof(options.WebhookPublicUrl),
            "must be the full https address entered in HubSpot."
        );
        Require(
            string.IsNullOrEmpty(options.WebhookPublicUrl) || !string.IsNullOrEmpty(options.ClientSecret),
            nameof(options.ClientSecret),
            "is required when WebhookPublicUrl is set: without it no webhook could be trusted."
        );
        Require(
            Version().IsMatch(options.ApiVersion),
            nameof(options.ApiVersion),
            "must be a dated version such as 2026-03, or v3."
        );
        Require(
            options.RequestsPerTenSeconds is >= 1 and <= 250,
            nameof(options.RequestsPerTenSeconds),
            "must be 1-250."
        );
        Require(options.SearchesPerSecond is >= 1 and <= 5, nameof(options.SearchesPerSecond), "must be 1-5.");
        Require(
            options.AssociationsPerTenSeconds is >= 1 and <= 200,
            nameof(options.AssociationsPerTenSeconds),
            "must be 1-200."
        );
        Require(IsPositive(options.AttemptTimeout), nameof(options.AttemptTimeout), "must be 10 ms to 1 day.");
        Require(
            IsPositive(options.TotalTimeout) && options.TotalTimeout >= options.AttemptTimeout,
            nameof(options.TotalTimeout),
            "must be at least AttemptTimeout, at most 1 day."
        );
        Require(options.MaxRetries is >= 1 and <= 10, nameof(options.MaxRetries), "must be 1-10.");
        Require(IsPositive(options.RetryDelay), nameof(options.RetryDelay), "must be 10 ms to 1 day.");
        Require(
            IsPositive(options.MaxRetryDelay) && options.MaxRetryDelay >= options.RetryDelay,
            nameof(options.MaxRetryDelay),
            "must be at least RetryDelay, at most 1 day."
        );
        Require(
            options.CircuitBreakDuration >= TimeSpan.FromMilliseconds(500) && IsPositive(options.CircuitBreakDuration),
            nameof(options.CircuitBreakDuration),
            "must be 500 ms to 1 day."
        );
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // A bearer token over plain HTTP would be readable on the way; the sandbox on this machine is the one exception.
    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    // The bounds are those of Polly's own timeout and breaker options.
    private static bool IsPositive(TimeSpan time) =>
        time >= TimeSpan.FromMilliseconds(10) && time <= TimeSpan.FromDays(1);

    [GeneratedRegex("^[!-~]+$")]
    private static partial Regex Token();

    [GeneratedRegex(@"^(\d{4}-(03|09)(-beta)?|v3)$")]
    private static partial Regex Version();
}
