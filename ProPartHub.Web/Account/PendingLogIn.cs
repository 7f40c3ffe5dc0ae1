using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Account;

/// <summary>
/// Remembers, in an encrypted cookie of its own, who gave the right password and still owes a second factor. It opens
/// nothing but the pages of that step.
/// </summary>
internal sealed class PendingLogIn(IHttpContextAccessor http, TimeProvider time)
{
    private const string Stamp = "stamp";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private HttpContext Context => http.HttpContext!;

    /// <summary>Remembers the person for ten minutes.</summary>
    public Task StartAsync(HubUser user)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(Stamp, user.SecurityStamp ?? "")];
        return Context.SignInAsync(
            IdentityConstants.TwoFactorUserIdScheme,
            new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.TwoFactorUserIdScheme)),
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + Lifetime, AllowRefresh = false }
        );
    }

    /// <summary>Who it was, and the account's stamp at that moment; null once it is too long ago.</summary>
    public async Task<(Guid UserId, string Stamp)?> ReadAsync()
    {
        var result = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return result.Principal?.UserId() is { } id && result.Principal.FindFirstValue(Stamp) is { } stamp
            ? (id, stamp)
            : null;
    }

    /// <summary>Forgets it.</summary>
    public async Task EndAsync()
    {
        if (await ReadAsync() is not null)
        {
            await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        }
    }
}
