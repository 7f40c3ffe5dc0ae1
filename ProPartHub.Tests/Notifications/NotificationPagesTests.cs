using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>The settings' page, and the way from a comment to a mail and out of such mails, over HTTP.</summary>
public sealed class NotificationPagesTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Page = "/account/notifications";
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NotificationSettings Settings => hub.Host.Services.GetRequiredService<NotificationSettings>();

    [Fact]
    public async Task Settings_AreSaved_AndShownAgain()
    {
        var user = await hub.Host.AddUserAsync("wisher", Password);
        using var browser = await hub.Host.SignInAsync("wisher", Password);
        Assert.NotNull((await browser.OpenAsync("/account/manage")).QuerySelector($"a[href='{Page}']"));
        Assert.Equal(
            "LeadAssigned.Mail",
            Ticked(await browser.OpenAsync(Page)).First(mark => mark.EndsWith(".Mail", StringComparison.Ordinal))
        );

        using var saved = await SaveAsync(browser, "22:00", "07:00", "America/New_York");

        Assert.Equal($"{Page}?done=saved", saved.Headers.Location!.PathAndQuery());
        var wishes = await Settings.ReadAsync(user.ToActor("test"), Token);
        Assert.Equal(NotificationWays.Mail, wishes.Of(NotificationKind.CommentAdded));
        Assert.Equal(NotificationWays.None, wishes.Of(NotificationKind.LeadAssigned));
        Assert.Equal((15, DigestRhythm.Weekly, 9), (wishes.ReminderMinutes, wishes.Digest, wishes.DigestHour));
        Assert.Equal((new TimeOnly(22, 0), new TimeOnly(7, 0)), (wishes.QuietFrom, wishes.QuietTo));
        var again = await browser.OpenAsync(Page);
        Assert.Equal(["CommentAdded.Mail"], Ticked(again));
        Assert.Equal("America/New_York", again.QuerySelector("#wish-zone option[selected]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("22:00", "", "")]
    [InlineData("", "", "Mars/Base")]
    public async Task WhatMakesNoSense_IsRefused_AndNothingIsSaved(string from, string to, string zone)
    {
        var name = $"odd-wisher-{from.Length}-{zone.Length}";
        var user = await hub.Host.AddUserAsync(name, Password);
        using var browser = await hub.Host.SignInAsync(name, Password);

        using var refused = await SaveAsync(browser, from, to, zone);

        Assert.NotNull((await refused.PageAsync()).QuerySelector("[role=alert]"));
        Assert.Equal(NotificationPreferences.Key.Default, await Settings.ReadAsync(user.ToActor("test"), Token));
    }

    [Theory]
    [InlineData(Role.Agent, false)]
    [InlineData(Role.Manager, true)]
    public async Task Kinds_AreThoseOfTheRole(Role role, bool leads)
    {
        await hub.Host.AddUserAsync($"wisher-{role}", Password, role);
        using var browser = await hub.Host.SignInAsync($"wisher-{role}", Password);

        var page = await browser.OpenAsync(Page);

        Assert.Equal(leads, page.QuerySelector("input[value='PoolLead.Portal']") is not null);
        Assert.Equal(!leads, page.QuerySelector("input[value='VerificationDecided.Portal']") is not null);
        Assert.Null(page.QuerySelector("input[value='VerificationDecided.Mail']"));
    }

    [Fact]
    public async Task Comment_IsMailedInTheReadersLanguage_AndOnePostEndsSuchMails()
    {
        var boss = (await hub.AddManagerAsync("mail-boss")).ToActor("test");
        var agent = await hub.Host.AddUserAsync(
            "mail-agent",
            Password,
            change: user => (user.TeamId, user.Culture) = (boss.TeamId, "uk")
        );
        await Settings.SaveAsync(
            agent.ToActor("test"),
            new()
            {
                Ways = new Dictionary<NotificationKind, NotificationWays>
                {
                    [NotificationKind.CommentAdded] = NotificationWays.Portal | NotificationWays.Mail,
                },
            },
            Token
        );
        var lead = await CommentAsync(agent.ToActor("test"), boss);

        await Eventually.IsAsync(
            () => hub.Mailbox.To(agent.Email!).Count > 0,
            // In small steps: a slow machine must not see hours go by before the mail is written.
            () => hub.Time.Advance(TimeSpan.FromSeconds(1)),
            Token
        );
        var mail = hub.Mailbox.To(agent.Email!)[0];
        Assert.StartsWith("Новий коментар до вашого ліда: L-", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Новий коментар · Name of mail-boss", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/leads/{lead}", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Дуже приватні слова", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("+380", mail.Text + mail.Html, StringComparison.Ordinal);

        var link = new Uri(mail.Unsubscribe!).PathAndQuery;
        using var visitor = hub.Host.NewBrowser();
        using var opened = await visitor.GetAsync(link, Token);
        Assert.Equal(HttpStatusCode.Found, opened.StatusCode);
        var page = await visitor.OpenAsync(opened.Headers.Location!.ToString());
        Assert.NotNull(page.QuerySelector("form"));
        Assert.True(
            (await Settings.ReadAsync(agent.ToActor("test"), Token))
                .Of(NotificationKind.CommentAdded)
                .HasFlag(NotificationWays.Mail)
        );

        // As mail programs do it: one post, without cookies.
        using var program = hub.Host.NewBrowser();
        using var ended = await program.PostAsync(
            link,
            new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]),
            Token
        );
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(
            NotificationWays.Portal,
            (await Settings.ReadAsync(agent.ToActor("test"), Token)).Of(NotificationKind.CommentAdded)
        );
        using var bySameAgain = await visitor.SubmitAsync(page, "unsubscribe");
        Assert.NotNull((await bySameAgain.PageAsync()).QuerySelector("[role=status]"));
    }

    [Theory]
    [InlineData("/account/unsubscribe", HttpStatusCode.Gone)]
    [InlineData("/account/unsubscribe?token=forged", HttpStatusCode.Gone)]
    public async Task ForgedLink_IsDead(string path, HttpStatusCode expected)
    {
        using var visitor = hub.Host.NewBrowser();
        using var answer = await visitor.GetAsync(path, Token);
        using var posted = await visitor.PostAsync("/unsubscribe/forged", content: null, Token);

        Assert.Equal((expected, HttpStatusCode.NotFound), (answer.StatusCode, posted.StatusCode));
    }

    private async Task<Guid> CommentAsync(Actor agent, Actor by)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var lead = await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            .CreateAsync(agent, HubBed.Input(901), null, Token);
        await scope
            .ServiceProvider.GetRequiredService<CommentService>()
            .AddAsync(by, Guid.CreateVersion7(), lead.Id, "Дуже приватні слова", null, Token);
        return lead.Id;
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient browser, string from, string to, string zone) =>
        browser.SubmitAsync(
            Page,
            "wishes",
            ("Form.Chosen", "CommentAdded.Mail"),
            ("Form.ReminderMinutes", "15"),
            ("Form.QuietFrom", from),
            ("Form.QuietTo", to),
            ("Form.TimeZone", zone),
            ("Form.Digest", "Weekly"),
            ("Form.DigestHour", "9"),
            ("Form.DigestDay", "Friday")
        );

    private static IReadOnlyList<string> Ticked(AngleSharp.Html.Dom.IHtmlDocument page) =>
        [.. page.QuerySelectorAll("input[name='Form.Chosen'][checked]").Select(box => box.GetAttribute("value")!)];
}
