using System.Net;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>What lies in the folder of documents, and what comes out of it after somebody meddled with it.</summary>
public sealed class DocumentsAtRestTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static readonly byte[] Document = Encoding.UTF8.GetBytes("%PDF-1.7\nПаспорт Олени Гнатюк\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IServiceProvider Portal => hub.Host.Services;

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
        Assert.Equal(Document, await again.GetByteArrayAsync(path, Token));
    }

    [Theory]
    [InlineData("changed at the start")]
    [InlineData("changed in the middle")]
    [InlineData("changed at the end")]
    [InlineData("cut")]
    [InlineData("blown up")]
    [InlineData("another's")]
    [InlineData("not encrypted")]
    [InlineData("gone")]
    public async Task File_ThatSomebodyMeddledWith_IsRefusedInWords_AndRecorded(string how)
    {
        var name = $"meddled-{how.Replace(' ', '-').Replace('\'', '-')}";
        var (agent, browser, path) = await HandInAsync(name);
        using var _ = browser;
        var (other, otherBrowser, _) = await HandInAsync($"{name}-2");
        otherBrowser.Dispose();

        await MeddleAsync(how, await FileAsync(agent), await FileAsync(other));

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

    [Fact]
    public async Task LostKeys_LoseTheDocuments()
    {
        var (agent, browser, _) = await HandInAsync("keyless");
        browser.Dispose();
        var file = await FileAsync(agent);
        var options = Options.Create(new VerificationOptions { DocumentsFolder = hub.Documents.FullName });

        await new DocumentStore(options, Portal.GetRequiredService<IDataProtectionProvider>()).ReadAsync(
            file.Name,
            Token
        );
        await Assert.ThrowsAsync<DocumentUnreadableException>(() =>
            new DocumentStore(options, new EphemeralDataProtectionProvider()).ReadAsync(file.Name, Token)
        );
    }

    [Fact]
    public async Task PlainFile_OfFormerTimes_IsReadAsItIs_AndEncryptedAtTheNextStart()
    {
        var (agent, browser, path) = await HandInAsync("former");
        using var _ = browser;
        var plain = await MakePlainAsync(agent);
        Assert.Equal(Document, await browser.GetByteArrayAsync(path, Token));

        // Two instances start at once.
        await Task.WhenAll(
            Portal.GetRequiredService<PlainDocuments>().EncryptAsync(Token),
            Portal.GetRequiredService<PlainDocuments>().EncryptAsync(Token)
        );

        var encrypted = await FileAsync(agent);
        Assert.EndsWith(DocumentStore.Encrypted, encrypted.Name, StringComparison.Ordinal);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(encrypted.FullName, Token)).AsSpan().IndexOf("PDF"u8));
        Assert.False(plain.Exists);
        Assert.Equal(Document, await browser.GetByteArrayAsync(path, Token));
        await using var db = await hub.Host.Database.ReadAsync(Token);
        var named = await db.VerificationDocuments.Select(row => row.FileName).ToListAsync(Token);
        Assert.Empty(hub.Documents.GetFiles().Select(file => file.Name).Except(named));
    }

    private static async Task MeddleAsync(string how, FileInfo file, FileInfo other)
    {
        var content = await File.ReadAllBytesAsync(file.FullName, Token);
        switch (how)
        {
            case "changed at the start":
                content[0] ^= 1;
                break;
            case "changed in the middle":
                content[content.Length / 2] ^= 1;
                break;
            case "changed at the end":
                content[^1] ^= 1;
                break;
            case "cut":
                content = content[..^1];
                break;
            case "blown up":
                content = [.. content, .. new byte[VerificationService.LargestDocument + 1024]];
                break;
            case "another's":
                content = await File.ReadAllBytesAsync(other.FullName, Token);
                break;
            case "not encrypted":
                content = Document;
                break;
            default:
                file.Delete();
                return;
        }

        await File.WriteAllBytesAsync(file.FullName, content, Token);
    }

    private async Task<(HubUser Agent, HttpClient Browser, string Path)> HandInAsync(string name)
    {
        var manager = await hub.AddManagerAsync($"boss-{name}");
        var agent = await hub.Host.AddUserAsync(
            name,
            Password,
            change: user => (user.TeamId, user.IsVerified) = (manager.TeamId, false)
        );
        var browser = await hub.Host.SignInAsync(name, Password);
        using var handedIn = await browser.HandInAsync(("passport.pdf", "application/pdf", Document));
        var page = await browser.OpenAsync("/account/verification");
        return (agent, browser, page.QuerySelector(".requests a")!.GetAttribute("href")!);
    }

    private async Task<FileInfo> FileAsync(HubUser agent)
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        var name = await db
            .VerificationDocuments.Where(row => row.Request.UserId == agent.Id)
            .Select(row => row.FileName)
            .SingleAsync(Token);
        return new(Path.Combine(hub.Documents.FullName, name));
    }

    // As documents were stored before they were encrypted.
    private async Task<FileInfo> MakePlainAsync(HubUser agent)
    {
        var encrypted = await FileAsync(agent);
        var plain = new FileInfo(encrypted.FullName[..^DocumentStore.Encrypted.Length]);
        await File.WriteAllBytesAsync(plain.FullName, Document, Token);
        encrypted.Delete();
        await hub.Host.Database.InTransactionAsync(
            (db, token) =>
                db
                    .VerificationDocuments.Where(row => row.FileName == encrypted.Name)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.FileName, plain.Name), token),
            Token
        );
        return plain;
    }
}
