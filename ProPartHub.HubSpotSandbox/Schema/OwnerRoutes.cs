using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Reads owners, active or archived, in pages.</summary>
internal sealed class OwnerRoutes(HubSpotAccount account)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    public void Map(ApiRoutes routes, ApiVersion version)
    {
        routes.Get(version.Owners, Scopes.Owners, List);
        routes.Get($"{version.Owners}/{{id}}", Scopes.Owners, Get);
    }

    private ApiAnswer List(ApiCall call)
    {
        var limit = call.Limit(DefaultPage, LargestPage);
        var page = account
            .Owners.Where(owner =>
                owner.Archived == call.Flag("archived")
                && (
                    call.Query("email") is not { } email
                    || string.Equals(owner.Email, email, StringComparison.OrdinalIgnoreCase)
                )
                && (call.After() is not { } after || long.Parse(owner.Id, CultureInfo.InvariantCulture) >= after)
            )
            .Take(limit + 1)
            .ToList();
        var next = page.Count > limit ? Paging.After(page[limit].Id, call.LinkAfter(page[limit].Id)) : null;
        return ApiAnswer.Ok(new Page<Owner>([.. page.Take(limit)], next));
    }

    private ApiAnswer Get(ApiCall call)
    {
        var byUserId = call.Query("idProperty") == "userId";
        return ApiAnswer.Ok(
            account.Owners.FirstOrDefault(owner =>
                owner.Archived == call.Flag("archived")
                && (byUserId ? owner.UserId?.ToString(CultureInfo.InvariantCulture) : owner.Id) == call.Route("id")
            ) ?? throw ApiError.NotFound().Exception()
        );
    }
}
