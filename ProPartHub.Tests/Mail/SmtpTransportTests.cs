using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using ProPartHub.Domain.Mail;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Mails over a real socket.</summary>
public sealed class SmtpTransportTests
{
    private static readonly MailContent Mail = new(
        Guid.CreateVersion7(),
        "olena@people.example.com",
        "Олена Ґудзь",
        "uk",
        "Новий пароль",
        "Вітаємо!\n\n.крапка на початку\n",
        "<p>Вітаємо!</p>"
    );

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_ArrivesWhole()
    {
        await using var server = new SmtpListener();

        await Transport(server, options => (options.User, options.Password) = ("hub", "secret")).SendAsync(Mail, Token);

        var mail = await ReadAsync(Assert.Single(server.Mails));
        Assert.Equal("Новий пароль", mail.Subject);
        Assert.Equal("\"Олена Ґудзь\" <olena@people.example.com>", mail.To.ToString(encode: false));
        Assert.Equal("\"ProPart Hub\" <hub@agency.example.com>", mail.From.ToString(encode: false));
        Assert.Equal($"{Mail.Id:N}@agency.example.com", mail.MessageId);
        Assert.Equal(_time.GetUtcNow(), mail.Date);
        Assert.Equal(Mail.Text, mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<html lang=\"uk\">", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<p>Вітаємо!</p>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        var login = Assert.Single(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Equal("\0hub\0secret", Encoding.UTF8.GetString(Convert.FromBase64String(login.Split(' ')[^1])));
    }

    [Fact]
    public async Task Mail_ThatCanBeRefused_SaysHow_ToMailPrograms()
    {
        await using var server = new SmtpListener();
        const string Link = "https://hub.example.com/unsubscribe/CfDJ8-token";

        await Transport(server).SendAsync(Mail with { Unsubscribe = Link }, Token);
        await Transport(server).SendAsync(Mail, Token);

        var (refusable, other) = (await ReadAsync(server.Mails.First()), await ReadAsync(server.Mails.Last()));
        Assert.Equal($"<{Link}>", refusable.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", refusable.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Null(other.Headers[HeaderId.ListUnsubscribe]);
    }

    [Fact]
    public async Task ServerWithoutTls_GetsNothing_WhereStartTlsIsSet()
    {
        await using var server = new SmtpListener();

        await Assert.ThrowsAsync<NotSupportedException>(() =>
            Transport(
                    server,
                    options =>
                        (options.Security, options.User, options.Password) = (MailSecurity.StartTls, "hub", "secret")
                )
                .SendAsync(Mail, Token)
        );

        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task UnknownReceiver_IsToldFromAFailureThatPasses()
    {
        await using var unknown = new SmtpListener { RecipientAnswer = "550 no such mailbox" };
        await using var busy = new SmtpListener { RecipientAnswer = "450 mailbox busy" };

        var refusal = await Assert.ThrowsAsync<MailRefusedException>(() => Transport(unknown).SendAsync(Mail, Token));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Transport(busy).SendAsync(Mail, Token));

        Assert.Contains("no such mailbox", refusal.Message, StringComparison.Ordinal);
        Assert.IsNotType<MailRefusedException>(failure);
    }

    [Fact]
    public async Task FarewellThatFails_IsNoFailureOfTheMail()
    {
        await using var server = new SmtpListener { BreaksAtQuit = true };

        await Transport(server).SendAsync(Mail, Token);

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Portal_WithAMailServerInItsSettings_SendsThere()
    {
        await using var server = new SmtpListener();
        await using var hub = new SmtpHub(server.Port);
        await hub.InitializeAsync();
        await hub.Host.AddUserAsync("forgetful", AccountHub.Password, change: user => user.Culture = "uk");
        using var browser = hub.Host.NewBrowser();

        using var asked = await browser.SubmitAsync(
            "/account/forgotten",
            "forgotten",
            ("Form.Email", "forgetful@people.example.com")
        );

        await Eventually.IsAsync(() => !server.Mails.IsEmpty, Token);
        var mail = await ReadAsync(server.Mails.First());
        Assert.Equal("Новий пароль до ProPart Hub", mail.Subject);
        Assert.Contains("https://127.0.0.1/account/setup?token=", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:From", MailSecurity.StartTls, null, null, null)]
    [InlineData("Mail:From", MailSecurity.StartTls, "not an address", null, null)]
    [InlineData("Mail:Port", MailSecurity.StartTls, "hub@example.com", null, null, 0)]
    [InlineData("Mail:User", MailSecurity.Tls, "hub@example.com", "hub", null)]
    [InlineData("Mail:User", MailSecurity.Tls, "hub@example.com", null, "secret")]
    [InlineData("Mail:Security", MailSecurity.None, "hub@example.com", "hub", "secret")]
    public void Settings_ThatCannotWork_AreNamed(
        string setting,
        MailSecurity security,
        string? from,
        string? user,
        string? password,
        int port = 587
    )
    {
        var result = new MailOptionsValidator().Validate(
            null,
            new()
            {
                Host = "mail.example.com",
                Port = port,
                Security = security,
                From = from,
                User = user,
                Password = password,
            }
        );

        Assert.StartsWith(setting, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WithoutAHost_AreNoneOrAMistake()
    {
        Assert.True(new MailOptionsValidator().Validate(null, new()).Succeeded);
        Assert.True(new MailOptionsValidator().Validate(null, new() { From = "hub@example.com" }).Failed);
    }

    private SmtpTransport Transport(SmtpListener server, Action<MailOptions>? change = null)
    {
        var options = new MailOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = MailSecurity.None,
            From = "ProPart Hub <hub@agency.example.com>",
        };
        change?.Invoke(options);
        return new(Options.Create(options), _time);
    }

    private static async Task<MimeMessage> ReadAsync(string wire)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(wire));
        return await MimeMessage.LoadAsync(stream, Token);
    }

    private sealed class SmtpHub(int port) : AccountHub
    {
        protected override HubHostOptions Options =>
            base.Options with
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Mail:Host"] = "127.0.0.1",
                    ["Mail:Port"] = $"{port}",
                    ["Mail:Security"] = "None",
                    ["Mail:From"] = "hub@agency.example.com",
                },
            };
    }
}
