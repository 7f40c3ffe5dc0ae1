using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>A browser before a page.</summary>
internal sealed record OpenPage(HttpClient Browser, IHtmlDocument Page);

/// <summary>Brings browsers before the static pages, in the states in which their forms are there.</summary>
internal sealed class FuzzStations(FuzzHub hub)
{
    private const string Password = AccountHub.Password;
    private const string FactorSetUp = "/account/second-factor/setup";
    private const string Notifications = "/account/notifications";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each page by its route, and how to get there anew.</summary>
    public IEnumerable<(string Route, Func<Task<OpenPage>> Open)> All()
    {
        yield return ("/account/login", () => OpenAsync(hub.Host.NewBrowser(), "/account/login"));
        yield return ("/account/forgotten", () => OpenAsync(hub.Host.NewBrowser(), "/account/forgotten"));
        yield return ("/account/register", RegisteringAsync);

        foreach (
            var path in new[]
            {
                "/account/manage",
                "/account/email",
                "/account/security",
                FactorSetUp,
                "/account/verification",
                Notifications,
            }
        )
        {
            yield return (path, async () => await OpenAsync(await hub.AddAgentAsync(), path));
        }

        yield return (
            "/account/security",
            async () => await OpenAsync((await GuardedAsync()).Browser, "/account/security")
        );
        yield return (FactorSetUp, GuardedAsync);
        yield return (Notifications, SubscribedAsync);
        yield return ("/account/unsubscribe", UnsubscribingAsync);
        yield return ("/account/second-factor", HalfWayInAsync);
        yield return ("/account/setup", InvitedAsync);
        yield return ("/account/confirm", RegisteredAsync);
    }

    // With an authenticator app just tied to the account, before the page that shows the recovery codes.
    private async Task<OpenPage> GuardedAsync()
    {
        var browser = await hub.AddAgentAsync();
        var page = await browser.OpenAsync(FactorSetUp);
        var secret = page.QuerySelector(".secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var code = new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(hub.Time.GetUtcNow().UtcDateTime);
        using var answer = await browser.SubmitAsync(page, "confirm", ("Form.Code", code));
        return new(browser, await answer.PageAsync());
    }

    // With a link to a calendar that can be taken back.
    private async Task<OpenPage> SubscribedAsync()
    {
        var browser = await hub.AddAgentAsync();
        using var answer = await browser.SubmitAsync(await browser.OpenAsync(Notifications), "calendar");
        return await OpenAsync(browser, Notifications);
    }

    private async Task<OpenPage> UnsubscribingAsync()
    {
        var user = await hub.Host.AddUserAsync(FuzzHub.NewName("tired"), Password);
        var token = hub.Host.Services.GetRequiredService<Unsubscription>().TokenFor(user.Id, null);
        return await OpenAsync(hub.Host.NewBrowser(), $"/account/unsubscribe?token={token}");
    }

    private async Task<OpenPage> HalfWayInAsync()
    {
        using var guarded = (await GuardedAsync()).Browser;
        var name = (await guarded.OpenAsync("/account/manage"))
            .QuerySelector("[name=UserName]")!
            .GetAttribute("value")!;
        var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync(name, Password);
        return await OpenAsync(browser, "/account/second-factor");
    }

    private async Task<OpenPage> InvitedAsync()
    {
        var admin = await hub.Host.AddUserAsync(FuzzHub.NewName("chief"), Password, Role.Admin);
        var user = await hub.Host.AddUserAsync(FuzzHub.NewName("invited"), Password);
        var (link, _) = await hub
            .Host.Services.GetRequiredService<PeopleInvitation>()
            .NewLinkAsync(admin.ToActor(null), user.Id, Token);
        return await OpenAsync(hub.Host.NewBrowser(), $"/account/setup?token={Uri.EscapeDataString(link!)}");
    }

    private async Task<OpenPage> RegisteringAsync()
    {
        await hub.AddManagerAsync();
        return await OpenAsync(hub.Host.NewBrowser(), "/account/register");
    }

    private async Task<OpenPage> RegisteredAsync()
    {
        var (manager, name) = (await hub.AddManagerAsync(), FuzzHub.NewName("fresh"));
        var mail = $"{name}@people.example.com";
        var faults = await hub
            .Host.Services.GetRequiredService<AgentRegistration>()
            .RegisterAsync(new(name, "Fresh", mail, manager.Id, Password, Password, "en"), null, Token);
        Assert.True(faults.IsValid);
        return await OpenAsync(hub.Host.NewBrowser(), Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync(mail)));
    }

    private static async Task<OpenPage> OpenAsync(HttpClient browser, string address) =>
        new(browser, await browser.OpenAsync(address));
}
