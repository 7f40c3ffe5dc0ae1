using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// Log-in at the office's identity provider by OpenID Connect: authorization code with PKCE. It opens accounts that are
/// there, found by the provider's subject and at first by a mail address that the provider has verified; it makes none.
/// </summary>
internal static class SingleSignOn
{
    public const string Scheme = "sso";
    public const string Start = "/account/sso";
    public const string Done = "/account/sso/done";
    public const string CallbackPath = "/account/sso/callback";

    // Of the answer to a question for a fresh proof: whose, kept where neither the browser nor the provider can change it.
    private const string AgainKey = "again";

    public static void AddSingleSignOn(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<SingleSignOnOptions>(builder.Configuration.GetSection(SingleSignOnOptions.Section));
        var options = builder.Configuration.GetSection(SingleSignOnOptions.Section).Get<SingleSignOnOptions>();
        if (options is { IsOn: true })
        {
            builder
                .Services.AddAuthentication()
                .AddOpenIdConnect(Scheme, connect => Configure(connect, options, builder.Environment));
        }
    }

    public static void MapSingleSignOn(this WebApplication app)
    {
        // A link and no form: a form's redirect to another site is what the content security policy forbids.
        app.MapGet(Start, StartIt).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(Done, FinishAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>
    /// Where somebody who is logged in proves anew who they are: at the provider, where that is how they got in.
    /// </summary>
    public static string AgainPath(ClaimsPrincipal person, SingleSignOnOptions options) =>
        options.IsOn && person.Method() is SessionMethod.SingleSignOn
            ? StartPath(AccountPaths.Security, isAgain: true)
            : AccountPaths.Again;

    /// <summary>Where the way to the provider begins.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <param name="isAgain">Whether the provider has to ask whoever is logged in there once more.</param>
    public static string StartPath(string? returnUrl, bool isAgain)
    {
        var path = AccountPaths.WithReturn(Start, returnUrl);
        return isAgain ? QueryHelpers.AddQueryString(path, AgainKey, "1") : path;
    }

    private static void Configure(
        OpenIdConnectOptions connect,
        SingleSignOnOptions options,
        IHostEnvironment environment
    )
    {
        connect.Authority = options.Authority!.ToString();
        connect.ClientId = options.ClientId;
        connect.ClientSecret = options.ClientSecret;
        connect.ResponseType = OpenIdConnectResponseType.Code;
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        connect.UsePkce = true;
        connect.CallbackPath = CallbackPath;
        connect.SignInScheme = IdentityConstants.ExternalScheme;
        connect.MapInboundClaims = false;
        connect.SaveTokens = false;
        connect.RequireHttpsMetadata = !options.Authority.IsLoopback;
        // Removed as of no use by default; how strong the log-in was is asked of it.
        connect.ClaimActions.Remove(ProviderProof.Acr);
        if (options.Strengths.Count > 0)
        {
            connect.AdditionalAuthorizationParameters["acr_values"] = string.Join(' ', options.Strengths);
        }

        connect.Scope.Clear();
        connect.Scope.Add("openid");
        connect.Scope.Add("profile");
        connect.Scope.Add("email");
        foreach (var cookie in new[] { connect.CorrelationCookie, connect.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = environment.IsDevelopment()
                ? CookieSecurePolicy.SameAsRequest
                : CookieSecurePolicy.Always;
        }

        connect.Events.OnRemoteFailure = context =>
        {
            // Cancelled there, or something between the two is wrong: the page says so; details are in the log.
            var isAgain = context.Properties?.Items.ContainsKey(AgainKey) == true;
            context.Response.Redirect(isAgain ? AccountPaths.Unproved : $"{AccountPaths.LogIn}?sso=failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static Results<ChallengeHttpResult, NotFound> StartIt(
        string? returnUrl,
        string? again,
        HttpContext context,
        IOptions<SingleSignOnOptions> options
    )
    {
        if (!options.Value.IsOn)
        {
            return TypedResults.NotFound();
        }

        var properties = new OpenIdConnectChallengeProperties
        {
            RedirectUri = AccountPaths.WithReturn(Done, AccountPaths.Local(returnUrl)),
        };
        if (again is not null && context.Actor() is { ViewerId: null } actor)
        {
            (properties.Prompt, properties.MaxAge) = (OpenIdConnectPrompt.Login, HubClaims.ProofLasts);
            properties.Items[AgainKey] = actor.UserId.ToString();
        }

        return TypedResults.Challenge(properties, [Scheme]);
    }

    private static async Task<RedirectHttpResult> FinishAsync(
        string? returnUrl,
        HttpContext context,
        UserManager<HubUser> users,
        LogIn logIn,
        LogInSteps steps,
        SecurityLog log,
        IOptions<SingleSignOnOptions> options,
        TimeProvider time
    )
    {
        var external = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (external.Principal is not { } principal)
        {
            return TypedResults.LocalRedirect($"{AccountPaths.LogIn}?sso=unknown");
        }

        var now = time.GetUtcNow();
        var again = external.Properties?.Items.TryGetValue(AgainKey, out var asked) == true ? asked : null;
        var fault = ProviderProof.FaultOf(principal, options.Value, isAgain: again is not null, now);
        if (fault is not null)
        {
            return await RefuseAsync(context, log, principal, fault, again is not null);
        }

        if (await FindAsync(principal, users, log, context) is not { } user)
        {
            return TypedResults.LocalRedirect($"{AccountPaths.LogIn}?sso=unknown");
        }

        if (again is not null && again != user.Id.ToString())
        {
            return await RefuseAsync(context, log, principal, ProviderProof.Another, isAgain: true);
        }

        var result = await logIn.AdmitAsync(
            user.Id,
            SessionMethod.SingleSignOn,
            context.ClientAddress(),
            CancellationToken.None
        );
        var next = await steps.GoOnAsync(result, returnUrl, ProviderProof.ProvedAt(principal, now));
        return TypedResults.LocalRedirect(next ?? $"{AccountPaths.LogIn}?sso=unknown");
    }

    // Whoever was asked once more stays logged in as before, and has proved nothing.
    private static async Task<RedirectHttpResult> RefuseAsync(
        HttpContext context,
        SecurityLog log,
        ClaimsPrincipal principal,
        string reason,
        bool isAgain
    )
    {
        if (isAgain && context.Actor() is { } actor)
        {
            await log.RecordAsync(
                SecurityEventKind.LogInFailed,
                actor,
                actor.UserId,
                CancellationToken.None,
                ("reason", reason)
            );
            return TypedResults.LocalRedirect(AccountPaths.Unproved);
        }

        await log.RecordUnknownAsync(
            SecurityEventKind.LogInFailed,
            principal.FindFirstValue("email"),
            context.ClientAddress(),
            CancellationToken.None,
            ("reason", reason)
        );
        return TypedResults.LocalRedirect(
            $"{AccountPaths.LogIn}?sso={(reason == ProviderProof.Weak ? "weak" : "failed")}"
        );
    }

    private static async Task<HubUser?> FindAsync(
        ClaimsPrincipal principal,
        UserManager<HubUser> users,
        SecurityLog log,
        HttpContext context
    )
    {
        if (principal.FindFirstValue("sub") is not { Length: > 0 } subject)
        {
            return null;
        }

        if (await users.FindByLoginAsync(Scheme, subject) is { } known)
        {
            return known;
        }

        // An address that the provider has not verified may be anybody's.
        if (
            principal.FindFirstValue("email") is not { Length: > 0 } mail
            || !string.Equals(principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase)
            || await users.FindByEmailAsync(mail) is not { IsActive: true, IsDemo: false } user
            || (await users.GetLoginsAsync(user)).Any(login => login.LoginProvider == Scheme)
        )
        {
            await log.RecordUnknownAsync(
                SecurityEventKind.LogInFailed,
                principal.FindFirstValue("email"),
                context.ClientAddress(),
                CancellationToken.None,
                ("reason", "no account for single sign-on")
            );
            return null;
        }

        await users.AddLoginAsync(user, new UserLoginInfo(Scheme, subject, null));
        await log.RecordAsync(
            SecurityEventKind.SingleSignOnLinked,
            user.ToActor(context.ClientAddress()),
            user.Id,
            CancellationToken.None
        );
        return user;
    }
}
