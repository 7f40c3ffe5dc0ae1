using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Web.Components.Catalogue.Sharing;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>What a client without an account gets over HTTP.</summary>
public sealed class SharedPageTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_IsPlain_InTheBrowsersLanguage_KeptByNobody()
    {
        var token = await LinkAsync("shared-1");
        using var visitor = hub.Host.NewBrowser();
        visitor.DefaultRequestHeaders.Add("Accept-Language", "en-US,en;q=0.8");

        using var answer = await visitor.GetAsync($"/shared/{token}", Token);

        var html = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<html lang=\"en\"", html, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:title\" content=\"Затока\"", html, StringComparison.Ordinal);
        Assert.Contains("Your agent", html, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor.web.js", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.com", html, StringComparison.Ordinal);
        Assert.Contains("noindex", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl is { NoStore: true });
    }

    [Fact]
    public async Task UnknownLink_IsAFriendlyPage_WithoutAWordOfWhatItWas()
    {
        using var visitor = hub.Host.NewBrowser();

        using var answer = await visitor.GetAsync("/shared/nothing", Token);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains(
            "більше не відкривається",
            await answer.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal
        );
        using var photo = await visitor.GetAsync($"/shared/nothing/photos/{Guid.CreateVersion7()}", Token);
        Assert.Equal(HttpStatusCode.NotFound, photo.StatusCode);
    }

    [Fact]
    public async Task ManyPages_InAMinute_AreRefused()
    {
        using var visitor = hub.Host.NewBrowser();
        var last = HttpStatusCode.OK;
        for (var number = 0; number <= SharedLimit.PagesAMinute && last != HttpStatusCode.TooManyRequests; number++)
        {
            using var answer = await visitor.GetAsync("/shared/guess", Token);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        // The others of this class come from the same address.
        hub.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<string> LinkAsync(string name)
    {
        var user = await hub.Host.AddUserAsync(name, AccountHub.Password, Role.Manager);
        var actor = new Actor(user.Id, user.DisplayName, Role.Manager, null);
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        await scope
            .ServiceProvider.GetRequiredService<DevelopmentService>()
            .CreateAsync(actor, id, Offers.Input, Token);
        return await scope
            .ServiceProvider.GetRequiredService<PropertyLinks>()
            .CreateAsync(actor, new LinkOrder(id), Token);
    }
}
