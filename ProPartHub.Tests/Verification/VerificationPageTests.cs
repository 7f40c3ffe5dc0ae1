using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>An agent's way to be verified, over HTTP.</summary>
public sealed class VerificationPageTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VerificationReview Review => hub.Host.Services.GetRequiredService<VerificationReview>();

    [Fact]
    public async Task Agent_HandsIn_IsAskedForMore_HandsInAgain_AndIsVerified()
    {
        var (manager, agent, browser) = await AgentAsync("way");

        using var first = await browser.HandInAsync(("licence.pdf", "application/pdf", VerificationFiles.Pdf));
        Assert.Equal("/account/verification?done=1", first.Headers.Location!.PathAndQuery());
        var waiting = await browser.OpenAsync("/account/verification?done=1");
        Assert.Null(waiting.QuerySelector("[name=Documents]"));
        await Review.AskForMoreAsync(
            manager.ToActor(null),
            await WaitingAsync(agent),
            "The <b>back</b> too, please",
            Token
        );

        var asked = await hub.Mailbox.ArrivedAsync(agent.Email!);
        Assert.Contains("The <b>back</b> too, please", asked.Text, StringComparison.Ordinal);
        Assert.Contains("The &lt;b&gt;back&lt;/b&gt; too, please", asked.Html, StringComparison.Ordinal);
        Assert.Contains(manager.DisplayName, asked.Text, StringComparison.Ordinal);
        var told = await browser.OpenAsync("/account/verification");
        Assert.Equal("The <b>back</b> too, please", told.QuerySelector(".requests p")!.TextContent);
        using var second = await browser.HandInAsync(
            ("back.png", "image/png", VerificationFiles.Png),
            ("front.JPG", "image/jpeg", VerificationFiles.Jpeg)
        );
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        await Review.ApproveAsync(manager.ToActor(null), await WaitingAsync(agent), 2.25m, "as agreed", Token);

        var approved = await hub.Mailbox.ArrivedAsync(agent.Email!, 2);
        Assert.Contains("2.25 %", approved.Text, StringComparison.Ordinal);
        Assert.True((await hub.ReadAsync(agent.Id)).IsVerified);
        var page = await browser.OpenAsync("/account/verification");
        Assert.Contains("2.25 %", page.QuerySelector(".message-success")!.TextContent, StringComparison.Ordinal);
        await using var db = await hub.Host.Database.ReadAsync(Token);
        var rate = await db.CommissionRates.SingleAsync(row => row.UserId == agent.Id, Token);
        Assert.Equal(
            (2.25m, (Guid?)manager.Id, manager.DisplayName, "as agreed"),
            (rate.Percent, rate.SetById, rate.SetByName, rate.Reason)
        );
        Assert.Equal(
            [
                SecurityEventKind.VerificationAsked,
                SecurityEventKind.VerificationDecided,
                SecurityEventKind.VerificationAsked,
                SecurityEventKind.VerificationDecided,
            ],
            (
                await hub.EventsAsync(entry =>
                    entry.UserId == agent.Id && entry.Kind >= SecurityEventKind.VerificationAsked
                )
            ).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task Document_IsSavedAsAFile_ByThoseWhoMay_AndEachTimeRecorded()
    {
        var (manager, agent, browser) = await AgentAsync("owner");
        var (_, _, stranger) = await AgentAsync("stranger");
        await hub.Host.AddUserAsync("chief", Password, Role.Admin);
        using var boss = await hub.Host.SignInAsync(manager.UserName!, Password);
        using var otherBoss = await hub.Host.SignInAsync("boss-stranger", Password);
        using var admin = await hub.Host.SignInAsync("chief", Password);
        using var handedIn = await browser.HandInAsync(
            ("..\\..\\etc/Passport (1).pdf", "application/pdf", VerificationFiles.Pdf)
        );
        var path = (await browser.OpenAsync("/account/verification"))
            .QuerySelector(".requests a")!
            .GetAttribute("href")!;

        foreach (var reader in new[] { browser, boss, admin })
        {
            using var answer = await reader.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(VerificationFiles.Pdf, await answer.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("Passport (1).pdf", answer.Content.Headers.ContentDisposition.FileNameStar);
            Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        using var nobody = hub.Host.NewBrowser();
        foreach (
            var (reader, expected) in new[]
            {
                (stranger, HttpStatusCode.NotFound),
                (otherBoss, HttpStatusCode.NotFound),
                (nobody, HttpStatusCode.Found),
            }
        )
        {
            using var answer = await reader.GetAsync(path, Token);
            Assert.Equal(expected, answer.StatusCode);
        }

        Assert.Equal(
            ["owner", manager.UserName, "chief"],
            (
                await hub.EventsAsync(entry =>
                    entry.UserId == agent.Id && entry.Kind == SecurityEventKind.DocumentOpened
                )
            ).Select(entry => entry.ActorName!.Replace("Name of ", "", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("page.png", "image/png", "<html><script>alert(1)</script>")]
    [InlineData("page.html", "text/html", "%PDF-1.7")]
    [InlineData("licence.pdf", "text/html", "%PDF-1.7")]
    [InlineData("licence.png", "application/pdf", "%PDF-1.7")]
    [InlineData("licence", "application/pdf", "%PDF-1.7")]
    public async Task File_ThatIsNotWhatItClaims_IsRefused_AndLeavesNothing(string name, string type, string content)
    {
        var (_, _, browser) = await AgentAsync($"liar{Guid.NewGuid():N}"[..20]);
        var before = await DocumentsAsync();

        using var answer = await browser.HandInAsync(
            ("good.pdf", "application/pdf", VerificationFiles.Pdf),
            (name, type, System.Text.Encoding.ASCII.GetBytes(content))
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "PDF, JPEG",
            (await answer.PageAsync()).QuerySelector("[role=alert]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await DocumentsAsync());
    }

    [Fact]
    public async Task Files_ThatAreNoneTooManyOrTooLarge_AreRefused()
    {
        var (_, _, browser) = await AgentAsync("greedy");
        (string, string, byte[]) Sized(int length) =>
            (
                "licence.pdf",
                "application/pdf",
                [.. VerificationFiles.Pdf, .. new byte[length - VerificationFiles.Pdf.Length]]
            );

        using var none = await browser.HandInAsync();
        using var many = await browser.HandInAsync([.. Enumerable.Range(0, 6).Select(_ => Sized(100))]);
        using var large = await browser.HandInAsync(Sized(VerificationService.LargestDocument + 1));
        using var whole = await browser.HandInAsync([
            .. Enumerable.Range(0, 5).Select(_ => Sized(VerificationService.LargestDocument)),
        ]);

        Assert.All([none, many, large], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.Found, whole.StatusCode);
    }

    [Theory]
    [InlineData("manager9", Role.Manager)]
    [InlineData("admin9", Role.Admin)]
    public async Task Others_HaveNoSuchPage(string name, Role role)
    {
        await hub.Host.AddUserAsync(name, Password, role);
        using var browser = await hub.Host.SignInAsync(name, Password);

        using var answer = await browser.GetAsync("/account/verification", Token);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<int> DocumentsAsync()
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        return await db.VerificationDocuments.CountAsync(Token);
    }

    private async Task<(HubUser Manager, HubUser Agent, HttpClient Browser)> AgentAsync(string name)
    {
        var manager = await hub.AddManagerAsync($"boss-{name}");
        var agent = await hub.Host.AddUserAsync(
            name,
            Password,
            change: user => (user.TeamId, user.IsVerified) = (manager.TeamId, false)
        );
        return (manager, agent, await hub.Host.SignInAsync(name, Password));
    }

    private async Task<Guid> WaitingAsync(HubUser agent)
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        return await db
            .VerificationRequests.Where(row => row.UserId == agent.Id && row.State == VerificationState.Waiting)
            .Select(row => row.Id)
            .SingleAsync(Token);
    }
}
