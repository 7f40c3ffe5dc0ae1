using System.Net;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

public sealed class DevelopmentMailsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Development_ShowsMails_AndSendsNoneEvenWithAMailServer()
    {
        await using var server = new SmtpListener();
        await using var database = await TestDatabase.CreateAsync(Token);
        await using var host = await HubHost.StartAsync(
            database.ConnectionString,
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Mail:Host"] = "127.0.0.1",
                    ["Mail:Port"] = $"{server.Port}",
                    ["Mail:Security"] = "None",
                    ["Mail:From"] = "hub@agency.example.com",
                },
            }
        );
        await host.AddUserAsync("forgetful", AccountHub.Password, change: user => user.DisplayName = "<b>Olena</b>");
        using var browser = host.NewBrowser();

        using var asked = await browser.SubmitAsync(
            "/account/forgotten",
            "forgotten",
            ("Form.Email", "forgetful@people.example.com")
        );

        await Eventually.IsAsync(
            async () => (await browser.OpenAsync("/dev/mails")).QuerySelector(".mail") is not null,
            Token
        );
        var mail = (await browser.OpenAsync("/dev/mails")).QuerySelector(".mail")!;
        Assert.Contains("<b>Olena</b>", mail.TextContent, StringComparison.Ordinal);
        var link = mail.QuerySelector("a")!.GetAttribute("href")!;
        Assert.StartsWith($"{host.BaseAddress}account/setup?token=", link, StringComparison.Ordinal);
        Assert.Equal(
            "forgetful",
            (await browser.OpenAsync(new Uri(link).PathAndQuery)).QuerySelector("#form-username")!.GetAttribute("value")
        );
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Production_HasNoSuchPage()
    {
        await using var hub = new MailHub();
        await hub.InitializeAsync();
        await hub.Host.AddUserAsync("chief", AccountHub.Password, Domain.People.Role.Admin);
        using var visitor = hub.Host.NewBrowser();
        using var admin = await hub.Host.SignInAsync("chief", AccountHub.Password);

        foreach (var browser in new[] { visitor, admin })
        {
            using var answer = await browser.GetAsync("/dev/mails", Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }
}
