using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>From notifications to the outbox: gathered, by the person's wishes, and of what may still be seen.</summary>
public sealed class NotificationMailTests : IAsyncLifetime
{
    private readonly Mailbox _mailbox = new();
    private HubBed _bed = null!;
    private MailOutbox _outbox = null!;
    private Unsubscription _unsubscription = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        var protection = new EphemeralDataProtectionProvider();
        _outbox = new MailOutbox(protection, _mailbox, _bed.Time);
        _unsubscription = new Unsubscription(
            _bed.Get<HubDatabase>(),
            protection,
            Options.Create(new NotificationOptions()),
            _bed.Time
        );
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task TenCommentsInAMinute_AreOneMail()
    {
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Portal | NotificationWays.Mail);
        for (var number = 0; number < 10; number++)
        {
            await _bed.CommentAsync(_bed.Nina, _lead, $"Коментар {number}");
            _bed.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Empty(await SendAsync());
        _bed.Time.Advance(NotificationWriter.Gathering);

        var (mail, facts) = Assert.Single(await SendAsync());
        Assert.Equal((MailKind.Notification, "olena@example.com"), (mail.Kind, mail.Address));
        Assert.Equal((NotificationKind.CommentAdded, 10, 10), Shape(facts));
        Assert.Equal("Клієнт 1", facts.Notices!.Listed[0].ClientName);
        Assert.Equal(
            new UnsubscriptionOffer(_bed.Olena.UserId, NotificationKind.CommentAdded),
            _unsubscription.Open(facts.Token)
        );
        _bed.Time.Advance(TimeSpan.FromHours(1));
        Assert.Single(await SendAsync());
    }

    [Fact]
    public async Task WhatWasReadMeanwhile_IsNotMailed()
    {
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Portal | NotificationWays.Mail);
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        await _bed.Get<NotificationReading>().MarkLeadAsync(_bed.Olena, _lead, Token);
        _bed.Time.Advance(NotificationWriter.Gathering);

        Assert.Empty(await SendAsync());
    }

    [Fact]
    public async Task WhatMayNoLongerBeSeen_IsNotMailed()
    {
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Mail);
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, null, Token);
        _bed.Time.Advance(NotificationWriter.Gathering);

        Assert.DoesNotContain(await SendAsync(), mail => mail.Mail.UserId == _bed.Olena.UserId);
    }

    [Fact]
    public async Task QuietHours_HoldMailsUntilTheirEnd()
    {
        // It is 11:00 in Kyiv.
        await _bed.WishAsync(
            _bed.Olena,
            new()
            {
                Ways = Ways(NotificationKind.CommentAdded, NotificationWays.Mail),
                QuietFrom = new TimeOnly(10, 0),
                QuietTo = new TimeOnly(14, 30),
            }
        );
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 12, 29, 59, TimeSpan.Zero));
        Assert.Empty(await SendAsync());
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));

        Assert.Single(await SendAsync());
    }

    [Fact]
    public async Task Digest_GathersADayInOneMail()
    {
        await _bed.WishAsync(_bed.Olena, new() { Digest = DigestRhythm.Daily, DigestHour = 8 });
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        _bed.Time.Advance(TimeSpan.FromHours(5));
        await MoveAsync();
        Assert.Empty(await SendAsync());
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero));

        var (mail, facts) = Assert.Single(await SendAsync());
        Assert.Equal(MailKind.Digest, mail.Kind);
        Assert.Equal((null, 2, 2), Shape(facts));
        Assert.Equal(new UnsubscriptionOffer(_bed.Olena.UserId, null), _unsubscription.Open(facts.Token));
        _bed.Time.Advance(TimeSpan.FromDays(1));
        Assert.Single(await SendAsync());
    }

    [Fact]
    public async Task Wishes_HoldForWhatAlreadyWaits()
    {
        await WantAsync(
            NotificationKind.CommentAdded,
            NotificationWays.Mail | NotificationWays.Digest,
            DigestRhythm.Daily
        );
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Portal);
        _bed.Time.Advance(TimeSpan.FromDays(2));

        Assert.Empty(await SendAsync());
        Assert.Contains(
            await _bed.ReadAsync(db =>
                db.SecurityEvents.Where(row => row.Kind == SecurityEventKind.SettingChanged).ToListAsync()
            ),
            row => row.Details["setting"] == "notifications" && row.ActorId == _bed.Olena.UserId
        );
    }

    [Fact]
    public async Task Unsubscribed_GetsNoMoreOfThatKind_ButIsToldInThePortal()
    {
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Portal | NotificationWays.Mail);
        var token = _unsubscription.TokenFor(_bed.Olena.UserId, NotificationKind.CommentAdded);

        Assert.NotNull(await _unsubscription.EndAsync(token, "10.0.0.1", Token));
        Assert.NotNull(await _unsubscription.EndAsync(token, "10.0.0.1", Token));
        await _bed.CommentAsync(_bed.Nina, _lead);
        _bed.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Empty(await SendAsync());
        Assert.Single(await _bed.NoticesAsync(_bed.Olena));
        Assert.Null(await _unsubscription.EndAsync("forged", null, Token));
        Assert.Null(_unsubscription.Open(token[..^2]));
    }

    [Fact]
    public async Task WithoutAMailServer_NothingPilesUp()
    {
        _mailbox.IsReady = false;
        await WantAsync(NotificationKind.CommentAdded, NotificationWays.Mail);
        await _bed.CommentAsync(_bed.Nina, _lead);
        await SendAsync();
        _bed.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Empty(await SendAsync());
        Assert.Null(Assert.Single(await _bed.StoredAsync(_bed.Olena)).MailAt);
    }

    private static Dictionary<NotificationKind, NotificationWays> Ways(NotificationKind kind, NotificationWays ways) =>
        new() { [kind] = ways, [NotificationKind.LeadAssigned] = NotificationWays.Portal };

    private static (NotificationKind? Kind, int Total, int Listed) Shape(MailFacts facts) =>
        (facts.Notices!.Kind, facts.Notices.Total, facts.Notices.Listed.Count);

    private Task WantAsync(NotificationKind kind, NotificationWays ways, DigestRhythm digest = DigestRhythm.Off) =>
        _bed.WishAsync(_bed.Olena, new() { Ways = Ways(kind, ways), Digest = digest });

    private async Task MoveAsync() =>
        await _bed.Get<LeadService>()
            .MoveAsync(_bed.Nina, _lead, await _bed.StageAsync(LeadStatus.Contacted), null, Token);

    // Makes and hands over what is due, and gives every mail in the outbox.
    private async Task<IReadOnlyList<(OutgoingMail Mail, MailFacts Facts)>> SendAsync()
    {
        await _bed.NotifyAsync(Token);
        await new NotificationMails(_bed.Get<HubDatabase>(), _outbox, _unsubscription, _bed.Time).SendDueAsync(Token);
        var mails = await _bed.ReadAsync(db => db.Mails.OrderBy(mail => mail.Id).ToListAsync());
        return [.. mails.Select(mail => (mail, _outbox.Open(mail)!))];
    }
}
