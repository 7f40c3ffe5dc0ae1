using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>Refuses calls without the account's bearer token (401) or without a needed scope (403).</summary>
internal sealed class Authorization(SandboxOptions options)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes($"Bearer {options.AccessToken}");

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var presented = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(presented, _expected))
            return context.WriteErrorAsync(ApiError.InvalidAuthentication());

        var required = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>()?.Scopes(context) ?? [];
        if (required.Count > 0 && options.Scopes.Count > 0 && !required.Any(options.Scopes.Contains))
            return context.WriteErrorAsync(ApiError.MissingScopes(required));

        return next(context);
    }
}
