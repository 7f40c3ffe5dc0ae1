using System.Net;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using ProPartHub.Web.Notifications;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>The calendar behind a secret link, as a calendar program reads it.</summary>
public sealed class CalendarFeedTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CalendarFeeds Feeds => hub.Host.Services.GetRequiredService<CalendarFeeds>();

    [Fact]
    public async Task OpenFollowUps_AreAppointments_WithUtcTimes_LongAndOddTextsIncluded()
    {
        var agent = await AgentAsync("cal-agent");
        var due = hub.Time.GetUtcNow().AddDays(2);
        var title = $"Показати, віллу; з \"видом\" \\ {new string('ї', 120)}";
        var (lead, followUp) = await PlanAsync(agent, 1, title, due, "Рядок один\nРядок два, з комою");
        var (_, done) = await PlanAsync(agent, 2, "Зроблене", due);
        await UseAsync<FollowUpService>(service => service.SetDoneAsync(agent, done, isDone: true, Token));

        using var answer = await OpenAsync(await Feeds.CreateAsync(agent, includesTeam: false, Token));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var text = await answer.Content.ReadAsStringAsync(Token);
        // RFC 5545 3.1: lines end by CRLF and have 75 bytes at most.
        Assert.All(
            text.Split("\r\n"),
            line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\n'), line)
        );
        var appointment = Assert.Single(Calendar.Load(text)!.Events);
        Assert.Equal($"{followUp:N}@propart-hub", appointment.Uid);
        Assert.Equal($"{title} · Клієнт 1", appointment.Summary);
        Assert.Equal((Seconds(due), "UTC"), (appointment.Start!.AsUtc, appointment.Start.TzId));
        Assert.Contains("Рядок один\nРядок два, з комою", appointment.Description, StringComparison.Ordinal);
        Assert.EndsWith($"/leads/{lead}", appointment.Url!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("+380", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_IsNotSentAgain_AndAChangeIs()
    {
        var agent = await AgentAsync("cal-same");
        await PlanAsync(agent, 11, "Перше", hub.Time.GetUtcNow().AddDays(1));
        var token = await Feeds.CreateAsync(agent, includesTeam: false, Token);
        using var first = await OpenAsync(token);
        hub.Time.Advance(TimeSpan.FromMinutes(5));

        using var same = await OpenAsync(token, first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Contains("no-cache", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        await PlanAsync(agent, 12, "Друге", hub.Time.GetUtcNow().AddDays(1));
        using var changed = await OpenAsync(token, first.Headers.ETag!.ToString());
        Assert.Equal(2, (await EventsAsync(changed)).Count);
    }

    [Fact]
    public async Task Rights_AreThoseOfTheMoment()
    {
        var manager = (await hub.AddManagerAsync("cal-boss")).ToActor("test");
        var agent = await AgentAsync("cal-mover", manager.TeamId);
        var other = await AgentAsync("cal-other", manager.TeamId);
        var (lead, _) = await PlanAsync(agent, 21, "Моє", hub.Time.GetUtcNow().AddDays(1));
        var token = await Feeds.CreateAsync(agent, includesTeam: true, Token);
        var team = await Feeds.CreateAsync(manager, includesTeam: true, Token);
        Assert.Single(await EventsAsync(token));
        Assert.Contains(
            "Name of cal-mover",
            Assert.Single(await EventsAsync(team)).Description,
            StringComparison.Ordinal
        );

        await UseAsync<LeadService>(service => service.TransferAsync(manager, lead, other.UserId, null, Token));
        Assert.Empty(await EventsAsync(token));
        Assert.Single(await EventsAsync(team));

        var own = await Feeds.CreateAsync(manager, includesTeam: false, Token);
        Assert.Empty(await EventsAsync(own));
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(team)).StatusCode);

        await hub.ChangeAsync(agent.UserId, user => user.IsActive = false);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Link_IsKeptAsAHash_AndEndsWhenMadeAnewOrRevoked()
    {
        var agent = await AgentAsync("cal-secret");
        var first = await Feeds.CreateAsync(agent, includesTeam: false, Token);
        await using (var db = await hub.Host.Database.ReadAsync(Token))
        {
            var stored = await db
                .Database.SqlQueryRaw<string>("SELECT calendar_feeds::text AS \"Value\" FROM calendar_feeds")
                .ToListAsync(Token);
            Assert.DoesNotContain(first, string.Concat(stored), StringComparison.Ordinal);
        }

        var second = await Feeds.CreateAsync(agent, includesTeam: false, Token);
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(second)).StatusCode);

        await Feeds.RevokeAsync(agent, Token);
        using var revoked = await OpenAsync(second);
        using var never = await OpenAsync("never-there");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (revoked.StatusCode, never.StatusCode));
        Assert.Equal(await revoked.Content.ReadAsStringAsync(Token), await never.Content.ReadAsStringAsync(Token));
        Assert.Equal(
            3,
            (await hub.EventsAsync(agent.UserId)).Count(entry =>
                entry.Details.GetValueOrDefault("setting") == "calendar link"
            )
        );
    }

    [Fact]
    public async Task TriedSecrets_AreSlowedDown()
    {
        await using var host = await HubHost.StartAsync(hub.Connection, hub.SameAgain);
        using var browser = host.NewBrowser();
        for (var attempt = 0; attempt < SecretLinkLimit.PerMinute; attempt++)
        {
            using var tried = await browser.GetAsync($"/calendar/{attempt}.ics", Token);
            Assert.Equal(HttpStatusCode.NotFound, tried.StatusCode);
        }

        using var refused = await browser.GetAsync("/calendar/one-more.ics", Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Page_MakesTheLink_ShowsItOnce_AndRevokesIt()
    {
        await AgentAsync("cal-page");
        using var browser = await hub.Host.SignInAsync("cal-page", Password);
        using var made = await browser.SubmitAsync("/account/notifications", "calendar");
        var link = (await made.PageAsync()).QuerySelector("#calendar-link")!.GetAttribute("value")!;
        using var read = await browser.GetAsync(new Uri(link).PathAndQuery, Token);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);

        var later = await browser.OpenAsync("/account/notifications");
        Assert.Null(later.QuerySelector("#calendar-link"));
        using var revoked = await browser.SubmitAsync(later, "calendar-revoke");

        Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        using var gone = await browser.GetAsync(new Uri(link).PathAndQuery, Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task<Actor> AgentAsync(string name, Guid? team = null) =>
        (await hub.Host.AddUserAsync(name, Password, change: user => user.TeamId = team)).ToActor("test");

    private async Task<(Guid Lead, Guid FollowUp)> PlanAsync(
        Actor agent,
        int number,
        string title,
        DateTimeOffset due,
        string? details = null
    )
    {
        var id = Guid.CreateVersion7();
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var lead = await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            .CreateAsync(agent, HubBed.Input(number), null, Token);
        await scope
            .ServiceProvider.GetRequiredService<FollowUpService>()
            .AddAsync(agent, id, lead.Id, new(title, details, due), Token);
        return (lead.Id, id);
    }

    private async Task UseAsync<TService>(Func<TService, Task> use)
        where TService : notnull
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<HttpResponseMessage> OpenAsync(string token, string? known = null)
    {
        using var browser = hub.Host.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/calendar/{token}.ics");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await browser.SendAsync(request, Token);
    }

    private async Task<IReadOnlyList<CalendarEvent>> EventsAsync(string token)
    {
        using var answer = await OpenAsync(token);
        return await EventsAsync(answer);
    }

    private static async Task<IReadOnlyList<CalendarEvent>> EventsAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. Calendar.Load(await answer.Content.ReadAsStringAsync(Token))!.Events];
    }

    // Follow-ups are kept in whole seconds.
    private static DateTime Seconds(DateTimeOffset moment) =>
        new(moment.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
}
