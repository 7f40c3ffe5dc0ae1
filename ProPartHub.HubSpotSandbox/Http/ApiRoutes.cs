using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Limits;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>
/// Maps handlers to paths. Every handler is synchronous and runs under the account's lock, so that a call is carried out
/// as a whole or, when it throws <see cref="ApiException"/>, not at all.
/// </summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, HubSpotAccount account)
{
    public void Get(string path, ScopeRule scopes, Func<ApiCall, ApiAnswer> handle) =>
        Map(HttpMethods.Get, path, scopes, handle, RateBucket.Ordinary);

    public void Put(string path, ScopeRule scopes, Func<ApiCall, ApiAnswer> handle) =>
        Map(HttpMethods.Put, path, scopes, handle, RateBucket.Ordinary);

    public void Patch(string path, ScopeRule scopes, Func<ApiCall, ApiAnswer> handle) =>
        Map(HttpMethods.Patch, path, scopes, handle, RateBucket.Ordinary);

    public void Delete(string path, ScopeRule scopes, Func<ApiCall, ApiAnswer> handle) =>
        Map(HttpMethods.Delete, path, scopes, handle, RateBucket.Ordinary);

    public void Post(
        string path,
        ScopeRule scopes,
        Func<ApiCall, ApiAnswer> handle,
        RateBucket bucket = RateBucket.Ordinary
    ) => Map(HttpMethods.Post, path, scopes, handle, bucket);

    public void Map(string method, string path, ScopeRule scopes, Func<ApiCall, ApiAnswer> handle, RateBucket bucket) =>
        endpoints
            .MapMethods(path, [method], (RequestDelegate)(context => HandleAsync(context, handle)))
            .WithMetadata(new ApiOperation(bucket, context => scopes(context.Request.RouteValues)));

    private async Task HandleAsync(HttpContext context, Func<ApiCall, ApiAnswer> handle)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new ApiCall(context, await reader.ReadToEndAsync(context.RequestAborted));
        ApiAnswer answer;
        try
        {
            answer = account.Locked(() => handle(call));
        }
        catch (ApiException refusal)
        {
            await context.WriteErrorAsync(refusal.Error);
            return;
        }

        await context.WriteAnswerAsync(answer);
    }
}

/// <summary>The scopes of which a token needs one, told from the route (the object type stands in it).</summary>
internal delegate IReadOnlyList<string> ScopeRule(RouteValueDictionary route);
