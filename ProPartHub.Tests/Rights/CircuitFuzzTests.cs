using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Opens every page that lives in a circuit with hostile values in its address: there pages read it, where a plain request
/// never comes. The circuit lives, and no part of the page has to be given up.
/// </summary>
public sealed class CircuitFuzzTests : IAsyncLifetime
{
    // The class of rows that stand for what is still read.
    private const string StillReading = "skeleton-rows";

    private TestDatabase _database = null!;
    private HubHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        // In Development over plain HTTP, as the headless client speaks it.
        _host = await HubHost.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task EveryPage_WithHostileValuesInItsAddress_LivesOn()
    {
        var admin = await _host.AddUserAsync("chief", AccountHub.Password, Role.Admin);
        await _host.AddUserAsync("partner", AccountHub.Password);
        var (cookies, agents) = (await SignInAsync("chief"), await SignInAsync("partner"));
        var verdict = new FuzzVerdict();
        foreach (var (path, isAgents) in Paths(admin.Id))
        {
            foreach (var text in HostileInput.Texts.Where(text => text.Length < 2_000))
            {
                await TryAsync(verdict, path, text, isAgents ? agents : cookies);
            }
        }

        verdict.Judge();
    }

    [Fact]
    public async Task EntranceOfDemoPeople_WithHostileForms_IsAnswered()
    {
        var verdict = new FuzzVerdict();
        using var visitor = _host.NewBrowser();
        foreach (var text in HostileInput.Texts)
        {
            using var answer = await visitor.SubmitAsync(
                AccountPaths.LogIn,
                AccountPaths.Demo,
                ("person", text),
                (AccountPaths.ReturnUrl, text)
            );
            await verdict.TakeAsync(AccountPaths.Demo, text, answer);
        }

        verdict.Judge();
    }

    private async Task TryAsync(FuzzVerdict verdict, string path, string text, CookieContainer cookies)
    {
        var escaped = EndpointFuzzTests.Escape(text);
        var names = EndpointFuzzTests.QueryNames().Where(name => !path.Contains($"?{name}=", StringComparison.Ordinal));
        var query = string.Join('&', names.Select(name => $"{name}={escaped}"));
        var texts = new ConcurrentQueue<string>();
        var (batches, isReading) = (0, false);
        try
        {
            await using var client = await CircuitClient.OpenAsync(
                _host.BaseAddress,
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"[1..],
                cookies,
                batch =>
                {
                    batch.Content.Texts.ForEach(texts.Enqueue);
                    isReading = batch.Content.Texts.Contains(StillReading);
                    batches++;
                },
                Token
            );
            await Eventually.IsAsync(() => (batches > 0 && !isReading) || client.Errors > 0, Token);
            if (client.Errors > 0 || texts.Any(FuzzVerdict.WasGivenUp))
            {
                verdict.Add($"{path} {client.LastError?.Message}", text);
            }
        }
        catch (InvalidOperationException fault)
        {
            verdict.Add($"{path} {fault.Message}", text);
        }
    }

    // Pages in circuits, with each list of the page of the sync; what is in their paths is there.
    // What is for agents alone is no page for an admin.
    private IEnumerable<(string Path, bool IsAgents)> Paths(Guid personId)
    {
        var pages = EndpointWalkTests
            .EndpointsOf(_host, "GET")
            .Where(endpoint =>
                endpoint.Metadata.OfType<ComponentTypeMetadata>().Any()
                && !endpoint.Metadata.OfType<ExcludeFromInteractiveRoutingAttribute>().Any()
            )
            .Select(endpoint =>
                (
                    EndpointWalkTests.Fill($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", $"{personId}"),
                    endpoint.Metadata.OfType<AuthorizeAttribute>().Any(rule => rule.Roles == nameof(Role.Agent))
                )
            );
        return pages
            .Concat(
                Enum.GetValues<SyncView>()
                    .Select(view => ($"{SyncAddress.Path}?{SyncAddress.ViewKey}={view}".ToLowerInvariant(), false))
            )
            .Distinct();
    }

    private async Task<CookieContainer> SignInAsync(string name)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = _host.BaseAddress };
        using var answer = await browser.LogInAsync(name, AccountHub.Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return cookies;
    }
}
