using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Who has read which version, what is news for whom, and who is told of what must be read.</summary>
public sealed class ArticleReadingsTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ArticleReadings Readings => _bed.Get<ArticleReadings>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Mark_GoesWithTheVersionThatWasOpened()
    {
        var (id, _) = await _bed.PublishedAsync();
        Assert.Equal(ReadingMark.New, await MarkAsync(_bed.Olena));

        await Readings.SeeAsync(_bed.Olena, id, 1, Token);
        Assert.Equal(ReadingMark.None, await MarkAsync(_bed.Olena));
        Assert.Equal(ReadingMark.New, await MarkAsync(_bed.Taras));

        await _bed.RewriteAsync(id, "Інше");
        Assert.Equal(ReadingMark.Changed, await MarkAsync(_bed.Olena));
        await Readings.SeeAsync(_bed.Olena, id, 2, Token);
        Assert.Equal(ReadingMark.None, await MarkAsync(_bed.Olena));

        await _bed.RewriteAsync(id, "Обов’язкове", mustRead: true);
        await Readings.SeeAsync(_bed.Olena, id, 3, Token);
        Assert.Equal(ReadingMark.ToConfirm, await MarkAsync(_bed.Olena));
        await Readings.ConfirmAsync(_bed.Olena, id, 3, Token);
        Assert.Equal(ReadingMark.None, await MarkAsync(_bed.Olena));
    }

    [Fact]
    public async Task FirstOpening_AndFirstConfirmation_AreWhatIsKept()
    {
        var (id, _) = await _bed.PublishedAsync(Writings.Input with { MustRead = true });
        var first = _bed.Time.GetUtcNow();

        await Readings.SeeAsync(_bed.Olena, id, 1, Token);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        await Readings.ConfirmAsync(_bed.Olena, id, 1, Token);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        await Readings.ConfirmAsync(_bed.Olena, id, 1, Token);
        await Readings.SeeAsync(_bed.Olena, id, 1, Token);

        var reading = await _bed.ReadAsync(db => db.ArticleReadings.SingleAsync(Token));
        Assert.Equal((first, first.AddHours(1)), (reading.SeenAt, reading.ConfirmedAt));
    }

    [Fact]
    public async Task OnlyTheVersionThatReadersSee_CanBeRead()
    {
        var (id, _) = await _bed.PublishedAsync();
        await _bed.RewriteAsync(id, "Інше");
        var (draft, _) = await _bed.DraftAsync();

        await Assert.ThrowsAsync<NotFoundException>(() => Readings.ConfirmAsync(_bed.Olena, id, 1, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Readings.SeeAsync(_bed.Olena, draft, 0, Token));
        await _bed.Get<ArticleService>().ArchiveAsync(_bed.Nina, id, Token);
        await Assert.ThrowsAsync<NotFoundException>(() => Readings.SeeAsync(_bed.Olena, id, 2, Token));
    }

    [Fact]
    public async Task LookingThroughSomebodysEyes_LeavesNoMark()
    {
        var (id, _) = await _bed.PublishedAsync();
        var looking = _bed.Olena with { ViewerId = _bed.Ada.UserId };

        await Readings.SeeAsync(looking, id, 1, Token);
        await Assert.ThrowsAsync<ForbiddenException>(() => Readings.ConfirmAsync(looking, id, 1, Token));

        Assert.Equal(0, await _bed.ReadAsync(db => db.ArticleReadings.CountAsync(Token)));
    }

    [Fact]
    public async Task Managers_SeeTheirTeam_AdminsEverybody_AgentsNobody()
    {
        var (id, _) = await _bed.PublishedAsync(Writings.Input with { MustRead = true });
        await Readings.SeeAsync(_bed.Taras, id, 1, Token);
        await Readings.ConfirmAsync(_bed.Olena, id, 1, Token);
        await Readings.ConfirmAsync(_bed.James, id, 1, Token);

        Assert.Equal(new ReaderCounts(3, 2, 1), await Readings.CountsAsync(_bed.Nina, id, Token));
        Assert.Equal(new ReaderCounts(6, 3, 2), await Readings.CountsAsync(_bed.Ada, id, Token));
        Assert.Equal([_bed.Olena.UserId], await PeopleAsync(_bed.Nina, id, hasRead: true));
        Assert.Equal(
            new[] { _bed.Taras.UserId, _bed.Nina.UserId }.Order(),
            (await PeopleAsync(_bed.Nina, id, hasRead: false)).Order()
        );
        await Assert.ThrowsAsync<ForbiddenException>(() => Readings.CountsAsync(_bed.Olena, id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => PeopleAsync(_bed.Olena, id, hasRead: true));
        // A manager without a team leads nobody.
        Assert.Equal(0, (await Readings.CountsAsync(_bed.Nina with { TeamId = null }, id, Token)).People);
    }

    [Fact]
    public async Task WhoReadAnEarlierVersion_HasNotReadThisOne_AndThatIsShown()
    {
        var (id, _) = await _bed.PublishedAsync();
        await Readings.SeeAsync(_bed.Olena, id, 1, Token);
        await _bed.RewriteAsync(id, "Інше");

        var page = await Readings.PageAsync(_bed.Nina, id, hasRead: false, null, Token);

        var row = page.Rows.Single(one => one.UserId == _bed.Olena.UserId);
        Assert.Equal((null, 1), (row.SeenAt, row.LastVersion));
    }

    [Fact]
    public async Task SmallChange_LeavesThoseWhoHaveReadAsTheyWere_AndTheOthersToRead()
    {
        var (id, number) = await _bed.PublishedAsync(Writings.Input with { MustRead = true });
        await Readings.ConfirmAsync(_bed.Olena, id, 1, Token);
        await Readings.SeeAsync(_bed.Taras, id, 1, Token);
        var first = _bed.Time.GetUtcNow();
        _bed.Time.Advance(TimeSpan.FromHours(1));

        await _bed.RewriteAsync(id, "Без описки", mustRead: true, isSmall: true);

        Assert.Equal(ReadingMark.None, await MarkAsync(_bed.Olena));
        Assert.Equal(ReadingMark.ToConfirm, await MarkAsync(_bed.Taras));
        Assert.Equal(ReadingMark.ToConfirm, await MarkAsync(_bed.James));
        Assert.Equal(new ReaderCounts(3, 2, 1), await Readings.CountsAsync(_bed.Nina, id, Token));
        var page = await Readings.PageAsync(_bed.Nina, id, hasRead: true, null, Token);
        Assert.Equal((_bed.Olena.UserId, first), (page.Rows.Single().UserId, page.Rows.Single().ConfirmedAt));
        Assert.Equal(5, (await ToldAsync()).Count);
        var versions = await _bed.Get<ArticleVersionQueries>().PageAsync(_bed.Nina, number, null, Token);
        Assert.Equal([true, false], versions.Rows.Select(row => row.IsSmall));

        // The next change is a great one again.
        await _bed.RewriteAsync(id, "Інше", mustRead: true);
        Assert.Equal(ReadingMark.ToConfirm, await MarkAsync(_bed.Olena));
        Assert.Equal(10, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task SmallChange_FromWhichOnEverybodyMustRead_IsToldAndConfirmed()
    {
        var (id, _) = await _bed.PublishedAsync();
        await Readings.SeeAsync(_bed.Olena, id, 1, Token);

        await _bed.RewriteAsync(id, "Без описки", mustRead: true, isSmall: true);

        Assert.Equal(ReadingMark.ToConfirm, await MarkAsync(_bed.Olena));
        Assert.Equal(5, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task FirstPublication_IsNeverASmallChange()
    {
        var input = Writings.Input with { MustRead = true };
        var (id, number) = await _bed.DraftAsync(input);

        await _bed.Get<ArticleService>().PublishAsync(_bed.Nina, id, input, input, null, isSmall: true, Token);

        Assert.Equal(5, (await ToldAsync()).Count);
        Assert.False(
            (await _bed.Get<ArticleVersionQueries>().PageAsync(_bed.Nina, number, null, Token)).Rows.Single().IsSmall
        );
    }

    [Fact]
    public async Task ManyReaders_ComePageByPage()
    {
        var (id, _) = await _bed.PublishedAsync();
        await _bed.ReadAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO users (id, display_name, role, is_active, must_change_password, locked_by_admin, is_verified, is_demo,
                    culture, created_at, aliases, user_name, normalized_user_name, email_confirmed, phone_number_confirmed,
                    two_factor_enabled, lockout_enabled, access_failed_count)
                SELECT gen_random_uuid(), 'Читач ' || n % 3, 0, true, false, false, true, false, 'uk', now(), ARRAY[]::text[],
                    'r' || n, 'R' || n, false, false, false, false, 0 FROM generate_series(1, 70) AS n
                """,
                Token
            )
        );
        var seen = new List<Guid>();
        ReaderPlace? after = null;
        do
        {
            var page = await Readings.PageAsync(_bed.Ada, id, hasRead: false, after, Token);
            seen.AddRange(page.Rows.Select(row => row.UserId));
            after = page.Next;
        } while (after is not null);

        Assert.Equal(76, seen.Count);
        Assert.Equal(76, seen.Distinct().Count());
    }

    [Fact]
    public async Task MustRead_IsToldOnceForAPublication_ToEverybodyElse()
    {
        var input = Writings.Input with { MustRead = true };
        var (id, number) = await _bed.PublishedAsync(input);
        await _bed.Get<ArticleService>().PublishAsync(_bed.Nina, id, input, input, null, isSmall: false, Token);

        var told = await ToldAsync();
        Assert.Equal(5, told.Count);
        Assert.DoesNotContain(told, row => row.UserId == _bed.Nina.UserId);
        Assert.All(
            told,
            row => Assert.Equal((number, "Захист клієнта"), (row.Facts.ArticleNumber, row.Facts.ArticleTitle))
        );

        await _bed.RewriteAsync(id, "Не обов’язкове");
        Assert.Equal(5, (await ToldAsync()).Count);
        await _bed.RewriteAsync(id, "Знову обов’язкове", mustRead: true);
        Assert.Equal(10, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task WhoSwitchedItOff_IsNotShownIt()
    {
        var off = new NotificationPreferences
        {
            Ways = new Dictionary<NotificationKind, NotificationWays>
            {
                [NotificationKind.MustReadArticle] = NotificationWays.None,
            },
        };
        await _bed.Get<Domain.People.Settings.PersonSettings>()
            .SaveAsync(_bed.Olena, NotificationPreferences.Key, off, Token);

        await _bed.PublishedAsync(Writings.Input with { MustRead = true });

        Assert.False((await ToldAsync()).Single(row => row.UserId == _bed.Olena.UserId).IsInPortal);
        Assert.True((await ToldAsync()).Single(row => row.UserId == _bed.Taras.UserId).IsInPortal);
    }

    private async Task<ReadingMark> MarkAsync(Actor actor) =>
        (await _bed.Get<ArticleQueries>().OverviewAsync(actor, Token))[0].First[0].Mark;

    private async Task<List<Guid>> PeopleAsync(Actor actor, Guid id, bool hasRead) =>
        [.. (await Readings.PageAsync(actor, id, hasRead, null, Token)).Rows.Select(row => row.UserId)];

    private Task<List<Notification>> ToldAsync() =>
        _bed.ReadAsync(db =>
            db.Notifications.Where(row => row.Kind == NotificationKind.MustReadArticle).ToListAsync(Token)
        );
}
