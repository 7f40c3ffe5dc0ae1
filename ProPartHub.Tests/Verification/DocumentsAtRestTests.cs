using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>What lies in the folder of documents, and what comes out of it after somebody meddled with it.</summary>
public sealed class DocumentsAtRestTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_IsUnreadableForWhoeverHasTheFolder_AndOpensAfterARestart()
    {
        var (agent, browser, path) = await HandInAsync("rest");
        using var _ = browser;

        var stored = await File.ReadAllBytesAsync((await FileAsync(agent)).FullName, Token);
        Assert.Equal(-1, stored.AsSpan().IndexOf("PDF"u8));
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Олени")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode((await FileAsync(agent)).FullName)
            );
        }

        await using var restarted = await HubHost.StartAsync(hub.Connection, hub.SameAgain);
        using var again = await restarted.SignInAsync("rest", Password);
        Assert.Equal(Document("rest"), await again.GetByteArrayAsync(path, Token));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("gone")]
    public async Task File_ThatSomebodyMeddledWith_IsRefusedInWords_AndRecorded(string how)
    {
        var (agent, browser, path) = await HandInAsync($"meddled-{how}");
        using var _ = browser;
        var file = await FileAsync(agent);
        var content = await File.ReadAllBytesAsync(file.FullName, Token);
        content[^1] ^= 1;
        if (how == "gone")
        {
            file.Delete();
        }
        else
        {
            await File.WriteAllBytesAsync(file.FullName, content, Token);
        }

        using var answer = await browser.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "ask for it once more",
            await answer.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [SecurityEventKind.DocumentUnreadable],
            (await hub.EventsAsync(agent.Id))
                .Select(entry => entry.Kind)
                .Where(kind => kind is SecurityEventKind.DocumentOpened or SecurityEventKind.DocumentUnreadable)
        );
    }

    // Of each agent another: equal contents lie in one file.
    private static byte[] Document(string name) => Encoding.UTF8.GetBytes($"%PDF-1.7\nПаспорт Олени Гнатюк ({name})\n");

    private async Task<(HubUser Agent, HttpClient Browser, string Path)> HandInAsync(string name)
    {
        var manager = await hub.AddManagerAsync($"boss-{name}");
        var agent = await hub.Host.AddUserAsync(
            name,
            Password,
            change: user => (user.TeamId, user.IsVerified) = (manager.TeamId, false)
        );
        var browser = await hub.Host.SignInAsync(name, Password);
        using var handedIn = await browser.HandInAsync(("passport.pdf", "application/pdf", Document(name)));
        var page = await browser.OpenAsync("/account/verification");
        return (agent, browser, page.QuerySelector(".requests a")!.GetAttribute("href")!);
    }

    private async Task<FileInfo> FileAsync(HubUser agent)
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        var id = await db
            .VerificationDocuments.Where(row => row.Request.UserId == agent.Id)
            .Select(row => row.StoredFileId)
            .SingleAsync(Token);
        return Assert.Single(hub.Documents.GetFiles($"{id:N}", SearchOption.AllDirectories));
    }
}
