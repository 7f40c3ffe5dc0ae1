using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>The office's identity provider (section <c>SingleSignOn</c>); absent, nobody is offered it.</summary>
public sealed record SingleSignOnOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "SingleSignOn";

    /// <summary>The provider's address, as its discovery document has it; empty turns single sign-on off.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The portal's id there.</summary>
    public string? ClientId { get; init; }

    /// <summary>The portal's secret there.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the button is called, such as the provider's name.</summary>
    public string Label { get; init; } = "Single sign-on";

    /// <summary>Whether there is a provider.</summary>
    public bool IsOn => Authority is not null && !string.IsNullOrEmpty(ClientId);
}

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
            // Cancelled there, or something between the two is wrong: the log-in page says so; details are in the log.
            context.Response.Redirect($"{AccountPaths.LogIn}?sso=failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static Results<ChallengeHttpResult, NotFound> StartIt(
        string? returnUrl,
        IOptions<SingleSignOnOptions> options
    ) =>
        options.Value.IsOn
            ? TypedResults.Challenge(
                new() { RedirectUri = AccountPaths.WithReturn(Done, AccountPaths.Local(returnUrl)) },
                [Scheme]
            )
            : TypedResults.NotFound();

    private static async Task<RedirectHttpResult> FinishAsync(
        string? returnUrl,
        HttpContext context,
        UserManager<HubUser> users,
        LogIn logIn,
        LogInSteps steps,
        SecurityLog log
    )
    {
        var external = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (
            external.Principal is { } principal
            && await FindAsync(principal, users, log, context) is { } user
            && await steps.GoOnAsync(
                await logIn.AdmitAsync(
                    user.Id,
                    SessionMethod.SingleSignOn,
                    context.ClientAddress(),
                    CancellationToken.None
                ),
                returnUrl
            )
                is { } next
        )
        {
            return TypedResults.LocalRedirect(next);
        }

        return TypedResults.LocalRedirect($"{AccountPaths.LogIn}?sso=unknown");
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
