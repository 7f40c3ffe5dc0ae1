using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Walks every address that the portal answers, as a visitor, as an agent, as a manager and as somebody who was switched off
/// meanwhile. A new address without a rule makes the walk fail.
/// </summary>
public sealed partial class EndpointWalkTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    // Whoever is not named here has to be signed in.
    private static readonly string[] ForVisitors =
    [
        "/account/confirm",
        "/account/demo",
        "/account/forgotten",
        "/account/login",
        "/account/passkeys/request-options",
        "/account/register",
        "/account/second-factor",
        "/account/second-factor/setup",
        "/account/setup",
        "/account/sso",
        "/account/sso/done",
        "/account/unsubscribe",
        "/css/theme.css",
        "/error/403",
        "/error/404",
        "/error/410",
        "/health/live",
        "/health/ready",
        "/manifest.webmanifest",
        // What is secret is in the address.
        "/calendar/{token}.ics",
        "/unsubscribe/{token}",
        "/shared/{Token}",
        "/webhooks/hubspot",
        "/.well-known/security.txt",
    ];

    private static readonly string[] ForManagers =
    [
        "/admin/people",
        "/admin/people/export",
        "/admin/verification",
        "/admin/rules",
        "/admin/claims",
        "/leads/import",
        "/leads/import/template",
        "/leads/imports",
    ];

    // Besides what stands below /admin.
    private static readonly string[] ForAdmins =
    [
        "/leads/{id:guid}/client-data",
        "/leads/import",
        "/leads/import/template",
        "/leads/import/{importId:guid}/errors",
        "/leads/imports",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitors_GetNothingButWhatIsForThem()
    {
        using var visitor = hub.Host.NewBrowser();
        var open = new List<string>();
        foreach (var endpoint in Endpoints().Where(endpoint => !ForVisitors.Contains(PatternOf(endpoint))))
        {
            foreach (var method in MethodsOf(endpoint))
            {
                if (!await IsRefusedAsync(visitor, method, endpoint))
                {
                    open.Add($"{method} {PatternOf(endpoint)}");
                }
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void WhatIsForVisitorsOrAdmins_IsThere() =>
        Assert.Empty(ForVisitors.Except(["/account/demo"]).Concat(ForAdmins).Except(Endpoints().Select(PatternOf)));

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    public async Task AdminsPages_AreClosedForOthers(Role role)
    {
        await hub.Host.AddUserAsync($"walk-{role}", Password, role);
        using var browser = await hub.Host.SignInAsync($"walk-{role}", Password);
        var open = new List<string>();
        foreach (var endpoint in Endpoints().Where(IsAdmins))
        {
            var isForRole = role is Role.Manager && ForManagers.Contains(PatternOf(endpoint));
            if (await IsRefusedAsync(browser, "GET", endpoint) == isForRole)
            {
                open.Add(PatternOf(endpoint));
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public async Task WhoeverIsSwitchedOff_GetsNothingEither()
    {
        var user = await hub.Host.AddUserAsync("walk-off", Password, Role.Admin);
        using var browser = await hub.Host.SignInAsync("walk-off", Password);
        await hub.ChangeAsync(user.Id, row => row.IsActive = false);
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        foreach (var endpoint in Endpoints().Where(endpoint => !ForVisitors.Contains(PatternOf(endpoint))))
        {
            foreach (var method in MethodsOf(endpoint))
            {
                Assert.True(
                    await IsRefusedAsync(browser, method, endpoint),
                    $"{method} {PatternOf(endpoint)} opens for somebody who is switched off"
                );
            }
        }
    }

    /// <summary>Every address that answers to GET, without shipped files.</summary>
    internal static IReadOnlyList<string> PatternsOf(AccountHub hub) =>
        [.. EndpointsOf(hub.Host, "GET").Select(PatternOf).Distinct()];

    /// <summary>Every endpoint that answers to a method, without shipped files.</summary>
    internal static IReadOnlyList<RouteEndpoint> EndpointsOf(HubHost host, string method) =>
        [.. Endpoints(host).Where(endpoint => MethodsOf(endpoint).Contains(method))];

    /// <summary>The address with a text in place of its variable parts, and with a number where it takes nothing else.</summary>
    internal static string Fill(string pattern, string text) =>
        Parameter().Replace(pattern, part => part.Value.EndsWith(":long}", StringComparison.Ordinal) ? "1" : text);

    private static bool IsAdmins(RouteEndpoint endpoint) =>
        PatternOf(endpoint).StartsWith("/admin/", StringComparison.Ordinal) || ForAdmins.Contains(PatternOf(endpoint));

    private static string PatternOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(method =>
            method is not "HEAD"
        );

    private IEnumerable<RouteEndpoint> Endpoints() => Endpoints(hub.Host);

    // Shipped files are for everybody: the log-in page needs them.
    private static IEnumerable<RouteEndpoint> Endpoints(HubHost host) =>
        host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    private static async Task<bool> IsRefusedAsync(HttpClient browser, string method, RouteEndpoint endpoint)
    {
        var path = Fill(PatternOf(endpoint), Guid.CreateVersion7().ToString());
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await browser.SendAsync(request, Token);
        var leadsAway =
            answer.StatusCode is HttpStatusCode.Found
            && (
                answer.Headers.Location!.OriginalString.Contains("/account/login", StringComparison.Ordinal)
                || answer.Headers.Location.OriginalString.Contains("/account/denied", StringComparison.Ordinal)
            );
        return leadsAway
            || answer.StatusCode
                is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.NotFound
                    or HttpStatusCode.BadRequest;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
