using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Account;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Sends hostile input to every address, with every name that any page or endpoint reads of a query, and to everything that
/// is posted to without being a page.
/// </summary>
public sealed class EndpointFuzzTests(FuzzHub hub) : IClassFixture<FuzzHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Longer ones are the server's own affair: it refuses the request line.
    private static IEnumerable<string> Texts => HostileInput.Texts.Where(text => text.Length < 2_000);

    [Fact]
    public async Task Addresses_WithHostileParts_AreAnswered()
    {
        var verdict = new FuzzVerdict();
        using var visitor = hub.Host.NewBrowser();
        using var agent = await hub.AddAgentAsync();
        using var admin = await AdminAsync();
        var names = QueryNames();
        foreach (var pattern in EndpointWalkTests.PatternsOf(hub))
        {
            foreach (var text in Texts)
            {
                var escaped = Escape(text);
                var path = EndpointWalkTests.Fill(pattern, escaped);
                var query = string.Join('&', names.Select(name => $"{name}={escaped}"));
                foreach (var browser in new[] { visitor, agent, admin })
                {
                    using var answer = await browser.GetAsync($"{path}?{query}", Token);
                    if (!pattern.StartsWith("/health", StringComparison.Ordinal))
                    {
                        await verdict.TakeAsync(path, text, answer);
                    }
                }

                // Files are handed out a few times a minute.
                hub.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        verdict.Judge();
    }

    [Fact]
    public async Task PostedTo_WithHostileFormsAndBodies_Answer()
    {
        var verdict = new FuzzVerdict();
        var endpoints = EndpointWalkTests.EndpointsOf(hub.Host, "POST").Where(endpoint => !IsPage(endpoint)).ToList();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == AccountPaths.ViewAs);
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == PasskeyEndpoints.Creation);
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == HubSpotEndpoints.WebhookPath);
        foreach (var endpoint in endpoints)
        {
            var path = EndpointWalkTests.Fill($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", "1");
            foreach (var (browser, page) in await BrowsersAsync())
            {
                foreach (var text in HostileInput.Texts)
                {
                    foreach (var content in Contents(endpoint, page, text))
                    {
                        using (content)
                        {
                            try
                            {
                                using var answer = await browser.PostAsync(path, content, Token);
                                await verdict.TakeAsync($"POST {path}", text, answer);
                            }
                            catch (HttpRequestException) when (IsTooLong(endpoint, content))
                            {
                                // Refused before it was read: whoever still sends then may lose the answer.
                            }
                        }
                    }
                }

                browser.Dispose();
            }
        }

        verdict.Judge();
    }

    [Fact]
    public async Task AnswersOfTheIdentityProvider_ThatSomebodyMadeUp_AreRefused()
    {
        var verdict = new FuzzVerdict();
        using var browser = hub.Host.NewBrowser();
        foreach (var text in Texts)
        {
            // The state is a true one, so that what comes with it is looked at.
            using var start = await browser.GetAsync(SingleSignOn.Start, Token);
            var asked = System.Web.HttpUtility.ParseQueryString(start.Headers.Location!.Query);
            var state = Uri.EscapeDataString(asked["state"]!);
            foreach (
                var query in new[]
                {
                    $"state={Escape(text)}&code={Escape(text)}",
                    $"state={state}&code={Escape(text)}",
                    $"state={state}&error={Escape(text)}&error_description={Escape(text)}",
                    $"{Escape(text)}={Escape(text)}",
                }
            )
            {
                using var answer = await browser.GetAsync($"{SingleSignOn.CallbackPath}?{query}", Token);
                await verdict.TakeAsync($"{SingleSignOn.CallbackPath} {query.Split('=')[0]}", text, answer);
                Assert.Equal("/account/login?sso=failed", answer.Headers.Location?.OriginalString);
            }
        }

        verdict.Judge();
    }

    private async Task<HttpClient> AdminAsync()
    {
        var name = FuzzHub.NewName("chief");
        await hub.Host.AddUserAsync(name, Password, Role.Admin);
        return await hub.Host.SignInAsync(name, Password);
    }

    // With a page of each, whose antiforgery token opens what is behind it.
    private async Task<List<(HttpClient Browser, AngleSharp.Html.Dom.IHtmlDocument Page)>> BrowsersAsync()
    {
        var (visitor, agent, admin) = (hub.Host.NewBrowser(), await hub.AddAgentAsync(), await AdminAsync());
        return
        [
            (visitor, await visitor.OpenAsync(AccountPaths.LogIn)),
            (agent, await agent.OpenAsync(AccountPaths.Manage)),
            (admin, await admin.OpenAsync(AccountPaths.Manage)),
        ];
    }

    private static IEnumerable<HttpContent> Contents(
        RouteEndpoint endpoint,
        AngleSharp.Html.Dom.IHtmlDocument page,
        string text
    )
    {
        const string Antiforgery = "__RequestVerificationToken";
        var fields = (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Where(parameter => parameter.GetCustomAttribute<FromFormAttribute>() is not null)
            .Select(parameter => parameter.Name!)
            .Append("circuitId");
        yield return new FormUrlEncodedContent(
            fields
                .Select(name => KeyValuePair.Create(name, text))
                .Append(
                    KeyValuePair.Create(
                        Antiforgery,
                        page.QuerySelector($"[name={Antiforgery}]")!.GetAttribute("value")!
                    )
                )
        );
        foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded" })
        {
            yield return new ByteArrayContent(FuzzVerdict.Bytes(text))
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(type) },
            };
        }
    }

    private static bool IsTooLong(RouteEndpoint endpoint, HttpContent content) =>
        endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize < content.Headers.ContentLength;

    private static bool IsPage(RouteEndpoint endpoint) =>
        endpoint.Metadata.OfType<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>().Any();

    // Whatever pages read of their address, and what endpoints do.
    internal static IReadOnlyList<string> QueryNames() =>
        [
            .. typeof(HubApplication)
                .Assembly.GetTypes()
                .SelectMany(type =>
                    type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                )
                .Select(property =>
                    (property.Name, From: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>())
                )
                .Where(property => property.From is not null)
                .Select(property => property.From!.Name ?? property.Name)
                .Concat(["c", "returnUrl", "cursor", "remoteError"])
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    // As bytes: a lone half of a character pair cannot be written in an address otherwise.
    internal static string Escape(string text) =>
        string.Concat(FuzzVerdict.Bytes(text).Select(value => $"%{value:X2}"));
}
