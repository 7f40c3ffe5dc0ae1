using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting;

internal static partial class AuthenticationHosting
{
    /// <summary>Accounts, sessions and the rule that every page asks for sign-in unless it says otherwise.</summary>
    public static void AddHubAuthentication(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHubAccounts().AddSignInManager<HubSignIn>().AddClaimsPrincipalFactory<HubPrincipal>();
        services.AddScoped(provider => (HubSignIn)provider.GetRequiredService<SignInManager<HubUser>>());
        // All four of Identity's: ending a session also clears those of a second factor, and fails where they are missing.
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<AccountOptions>, IHostEnvironment>(ConfigureCookie);
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure<IHostEnvironment>(ConfigureStepCookie);
        services.Configure<SecurityStampValidatorOptions>(ConfigureStampCheck);
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>(ConfigureAntiforgery);

        services.AddAuthorizationBuilder().SetFallbackPolicy(SignedIn);
        services.AddCascadingAuthenticationState();
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<CircuitAddress>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitAddress>());
        services.AddScoped<CurrentActor>();
        services.AddScoped<PendingLogIn>();
        services.AddScoped<LogInSteps>();
        services.AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<HubOptions>>(ConfigurePasskeys);
        services.AddHostedService<AccountStartup>();
    }

    private static AuthorizationPolicy SignedIn { get; } =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

    private static void ConfigureCookie(
        CookieAuthenticationOptions cookie,
        IOptions<AccountOptions> accounts,
        IHostEnvironment environment
    )
    {
        cookie.Cookie.Name = CookieName("ProPartHub", environment);
        cookie.Cookie.SecurePolicy = CookieSecurity(environment);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.Path = "/";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(accounts.Value.SessionIdleHours);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = AccountPaths.LogIn;
        cookie.AccessDeniedPath = AccountPaths.Denied;
        cookie.ReturnUrlParameter = AccountPaths.ReturnUrl;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToAccessDenied = DenyAsync;
        // The log-in leads on by itself, to an address made safe for a header; this would send there what was asked for as it stands.
        cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
    }

    private static void ConfigurePasskeys(IdentityPasskeyOptions passkeys, IOptions<HubOptions> hub)
    {
        // Not the host header, which a caller chooses. In Development there is no public address.
        passkeys.ServerDomain = hub.Value.PublicUrl?.Host;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
    }

    // Between the steps of a log-in; SameSite is stricter than the session's, since no link leads into the middle of one.
    private static void ConfigureStepCookie(CookieAuthenticationOptions cookie, IHostEnvironment environment)
    {
        cookie.Cookie.Name = CookieName("ProPartHub.Step", environment);
        cookie.Cookie.SecurePolicy = CookieSecurity(environment);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.Path = "/";
    }

    private static void ConfigureStampCheck(SecurityStampValidatorOptions check)
    {
        check.ValidationInterval = TimeSpan.FromMinutes(1);
        // The claims are read anew from the row; when the person proved who they are is known only to the session.
        check.OnRefreshingPrincipal = refresh =>
        {
            ((ClaimsIdentity)refresh.NewPrincipal!.Identity!).AddClaims(refresh.CurrentPrincipal?.Lasting() ?? []);
            return Task.CompletedTask;
        };
    }

    private static void ConfigureAntiforgery(AntiforgeryOptions antiforgery, IHostEnvironment environment)
    {
        antiforgery.Cookie.Name = CookieName("ProPartHub.Forms", environment);
        antiforgery.Cookie.SecurePolicy = CookieSecurity(environment);
        antiforgery.Cookie.Path = "/";
    }

    // Browsers take a __Host- cookie only over HTTPS and for this host alone. Development runs over plain HTTP.
    private static string CookieName(string name, IHostEnvironment environment) =>
        environment.IsDevelopment() ? name : $"__Host-{name}";

    private static CookieSecurePolicy CookieSecurity(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            // A minute would be long for somebody who was just switched off.
            var services = context.HttpContext.RequestServices;
            if (
                context.Principal is { } principal
                && principal.SessionOwner() is { } userId
                && services.GetRequiredService<SessionEnds>().IsRecent(userId)
                && !await services
                    .GetRequiredService<SessionCheck>()
                    .IsAliveAsync(principal, mayHaveChanged: true, context.HttpContext.RequestAborted)
            )
            {
                context.RejectPrincipal();
                await services.GetRequiredService<HubSignIn>().SignOutAsync();
                return;
            }

            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
        // Nothing can be read or written without the database anyway; a session is not lost because it was away.
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            var loggers = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>();
            LogUnanswered(loggers.CreateLogger(typeof(AuthenticationHosting)), exception);
        }
    }

    private static Task DenyAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (http.Actor() is { } actor)
        {
            actor.Refusals!.Note(actor, GuardedAct.OpenPage, actor.UserId, path: http.Request.Path);
        }

        http.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The database did not say whether a session still lives; asking again at the next request"
    )]
    private static partial void LogUnanswered(ILogger logger, Exception exception);
}
