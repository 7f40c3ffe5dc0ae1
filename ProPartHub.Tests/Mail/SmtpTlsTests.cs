using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Mail;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Mails over TLS: to a server that is trusted, and never to one that is not.</summary>
public sealed class SmtpTlsTests : IDisposable
{
    private static readonly MailContent Mail = new(
        Guid.CreateVersion7(),
        "olena@people.example.com",
        "Олена",
        "uk",
        "Новий пароль",
        "Вітаємо!",
        "<p>Вітаємо!</p>"
    );

    private readonly TestAuthority _authority = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Mail_AndPassword_GoThroughTls(MailSecurity security)
    {
        using var certificate = _authority.Issue();
        await using var server = Server(security, certificate);

        await SendAsync(server, security, _authority.PemFile);

        Assert.Contains("Subject: =?utf-8?", Assert.Single(server.Mails), StringComparison.Ordinal);
        Assert.Contains(server.ProtectedCommands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        string[] plain = security is MailSecurity.StartTls ? ["EHLO", "STARTTLS"] : [];
        Assert.Equal(
            plain,
            server.Commands.SkipLast(server.ProtectedCommands.Count).Select(command => command.Split(' ')[0])
        );
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Certificate_OfAnAuthorityNobodyTrusts_IsRefused(MailSecurity security)
    {
        using var certificate = _authority.Issue();
        using var another = new TestAuthority();

        await AssertRefusedAsync(security, certificate, trusted: null);
        await AssertRefusedAsync(security, certificate, another.PemFile);
    }

    [Fact]
    public async Task Certificate_ForAnotherName_IsRefused()
    {
        using var certificate = _authority.Issue("mail.example.com");
        await AssertRefusedAsync(MailSecurity.StartTls, certificate, _authority.PemFile);
    }

    [Fact]
    public async Task Certificate_ThatHasEnded_IsRefused()
    {
        using var certificate = _authority.Issue(isExpired: true);
        await AssertRefusedAsync(MailSecurity.StartTls, certificate, _authority.PemFile);
    }

    [Fact]
    public async Task Certificate_OfAClient_IsRefused()
    {
        using var certificate = _authority.Issue(purpose: "1.3.6.1.5.5.7.3.2");
        await AssertRefusedAsync(MailSecurity.Tls, certificate, _authority.PemFile);
    }

    [Fact]
    public async Task Portal_SendsToATrustedServer_AndKeepsTheMailFromAnother()
    {
        using var certificate = _authority.Issue();
        await using var server = Server(MailSecurity.StartTls, certificate);
        await using var trusting = new TlsHub(server.Port, _authority.PemFile);
        await trusting.InitializeAsync();
        await AskForAPasswordAsync(trusting);
        await Eventually.IsAsync(() => !server.Mails.IsEmpty, Token);

        await using var wary = new TlsHub(server.Port, null);
        await wary.InitializeAsync();
        await AskForAPasswordAsync(wary);

        MailRow? row = null;
        var queries = (MailQueries)wary.Host.Services.GetService(typeof(MailQueries))!;
        var admin = (await wary.Host.AddUserAsync("chief", AccountHub.Password, Domain.People.Role.Admin)).ToActor(
            null
        );
        await Eventually.IsAsync(
            async () =>
                (row = (await queries.PageAsync(admin, true, 1, Token)).Rows.SingleOrDefault())?.Error is not null,
            Token
        );
        Assert.Contains("certificate", row!.Error, StringComparison.Ordinal);
        Assert.Null(row.SentAt);
        Assert.Null(row.GivenUpAt);
        Assert.Single(server.Mails);
    }

    [Fact]
    public void Settings_WithoutCertificatesInTheFile_AreNamed()
    {
        // This library is a file, but none of certificates.
        foreach (var file in new[] { "no such file", typeof(SmtpTlsTests).Assembly.Location })
        {
            var result = new MailOptionsValidator().Validate(
                null,
                new()
                {
                    Host = "mail.example.com",
                    From = "hub@example.com",
                    TrustedCertificates = file,
                }
            );

            Assert.StartsWith("Mail:TrustedCertificates", Assert.Single(result.Failures!), StringComparison.Ordinal);
        }
    }

    private static SmtpListener Server(MailSecurity security, X509Certificate2 certificate) =>
        new() { Certificate = certificate, SpeaksTlsAtOnce = security is MailSecurity.Tls };

    private static async Task AssertRefusedAsync(MailSecurity security, X509Certificate2 certificate, string? trusted)
    {
        await using var server = Server(security, certificate);

        await Assert.ThrowsAsync<SslHandshakeException>(() => SendAsync(server, security, trusted));

        Assert.Empty(server.ProtectedCommands);
        Assert.Empty(server.Mails);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static Task SendAsync(SmtpListener server, MailSecurity security, string? trusted) =>
        new SmtpTransport(
            Options.Create(
                new MailOptions
                {
                    Host = "127.0.0.1",
                    Port = server.Port,
                    Security = security,
                    TrustedCertificates = trusted,
                    From = "ProPart Hub <hub@agency.example.com>",
                    User = "hub",
                    Password = "secret",
                }
            ),
            TimeProvider.System
        ).SendAsync(Mail, Token);

    private static async Task AskForAPasswordAsync(TlsHub hub)
    {
        await hub.Host.AddUserAsync("forgetful", AccountHub.Password);
        using var browser = hub.Host.NewBrowser();
        using var asked = await browser.SubmitAsync(
            "/account/forgotten",
            "forgotten",
            ("Form.Email", "forgetful@people.example.com")
        );
    }

    private sealed class TlsHub(int port, string? trusted) : AccountHub
    {
        protected override HubHostOptions Options =>
            base.Options with
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Mail:Host"] = "127.0.0.1",
                    ["Mail:Port"] = $"{port}",
                    ["Mail:User"] = "hub",
                    ["Mail:Password"] = "secret",
                    ["Mail:From"] = "hub@agency.example.com",
                    ["Mail:TrustedCertificates"] = trusted,
                },
            };
    }
}
