using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Managers and admins write; readers see what was published, nobody's text is lost, and the audit knows who did what.</summary>
public sealed class ArticleServiceTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ArticleService Service => _bed.Get<ArticleService>();

    private ArticleQueries Queries => _bed.Get<ArticleQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Draft_IsForWritersAlone_UntilItIsPublished()
    {
        var (id, number) = await _bed.DraftAsync();

        Assert.Equal(0, (await Queries.DetailsAsync(_bed.Mark, number, Token)).Version);
        await Assert.ThrowsAsync<NotFoundException>(() => Queries.DetailsAsync(_bed.Olena, number, Token));

        await Service.PublishAsync(_bed.Ada, id, Writings.Input, Writings.Input, "Перша", isSmall: false, Token);

        var read = await Queries.DetailsAsync(_bed.Olena, number, Token);
        Assert.Equal(
            (1, "Захист клієнта", "Основи", "Ada Byron"),
            (read.Version, read.Title, read.SectionName, read.PublishedBy)
        );
        Assert.Null(read.DraftAt);
    }

    [Fact]
    public async Task EditingWhatIsPublished_HappensBesideIt()
    {
        var (id, number) = await _bed.PublishedAsync();
        var typed = Writings.Input with { Body = "Нове", Title = "Нова назва", MustRead = true };

        Assert.True(await Service.SaveDraftAsync(_bed.Nina, id, Writings.Input, typed, Token));

        var read = await Queries.DetailsAsync(_bed.Olena, number, Token);
        Assert.Equal((Writings.Input.Body, "Захист клієнта", false), (read.Body, read.Title, read.MustRead));
        Assert.Null(read.DraftAt);
        Assert.Equal("Ніна Коваль", (await Queries.DetailsAsync(_bed.Ada, number, Token)).DraftBy);
        Assert.Equal(typed, (await Queries.ToEditAsync(_bed.Ada, number, Token)).Values);

        Assert.True(await Service.PublishAsync(_bed.Ada, id, typed, typed, null, isSmall: false, Token));

        Assert.Equal(("Нове", 2), await BodyAsync(number));
        Assert.False((await Queries.ToEditAsync(_bed.Ada, number, Token)).HasDraft);
    }

    [Fact]
    public async Task ThrownAwayDraft_LeavesWhatIsPublished_AndTakesWhatNeverWas()
    {
        var (published, number) = await _bed.PublishedAsync();
        await Service.SaveDraftAsync(_bed.Nina, published, Writings.Input, Writings.Input with { Body = "x" }, Token);
        var (draft, gone) = await _bed.DraftAsync();

        Assert.False(await Service.DiscardDraftAsync(_bed.Ada, published, Token));
        Assert.True(await Service.DiscardDraftAsync(_bed.Ada, draft, Token));

        Assert.Equal(Writings.Input, await _bed.StoredAsync(published));
        Assert.Equal(1, (await BodyAsync(number)).Version);
        await Assert.ThrowsAsync<NotFoundException>(() => Queries.DetailsAsync(_bed.Ada, gone, Token));
    }

    [Fact]
    public async Task FormSentTwice_BeginsOne_AndPublishesOnce()
    {
        await _bed.SectionAsync();
        var id = Guid.CreateVersion7();

        var number = await Service.CreateAsync(_bed.Ada, id, Writings.Input, Token);
        Assert.Equal(number, await Service.CreateAsync(_bed.Ada, id, Writings.Input, Token));
        await Service.PublishAsync(_bed.Ada, id, Writings.Input, Writings.Input, null, isSmall: false, Token);
        Assert.True(
            await Service.PublishAsync(_bed.Ada, id, Writings.Input, Writings.Input, null, isSmall: false, Token)
        );

        Assert.Equal(1, await _bed.ReadAsync(db => db.ArticleVersions.CountAsync(Token)));
        Assert.Equal(1, await _bed.ReadAsync(db => db.Articles.CountAsync(Token)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task WhoeverWasFaster_IsNotWrittenOver_AndWhatTheyWroteStaysAsAVersion(bool theyPublish, bool iPublish)
    {
        var (id, number) = await _bed.PublishedAsync();
        var (opened, theirs) = (Writings.Input, Writings.Input with { Body = "Їхнє" });
        await StoreAsync(_bed.Mark, opened, theirs, theyPublish);
        var mine = opened with { Body = "Моє" };

        Assert.False(await StoreAsync(_bed.Nina, opened, mine, iPublish));

        Assert.Equal(theirs, await _bed.StoredAsync(id));
        // Whoever has read theirs stores over it.
        Assert.True(await StoreAsync(_bed.Nina, theirs, mine, iPublish));
        Assert.Equal(mine, await _bed.StoredAsync(id));
        var kept = await _bed.ReadAsync(db => db.ArticleVersions.SingleAsync(row => row.Body == "Їхнє", Token));
        Assert.Equal(
            (theyPublish ? ArticleVersionKind.Published : ArticleVersionKind.Draft, "Mark Stone"),
            (kept.Kind, kept.AuthorName)
        );
        Assert.Equal(
            iPublish ? "Моє"
                : theyPublish ? "Їхнє"
                : opened.Body,
            (await BodyAsync(number)).Body
        );

        Task<bool> StoreAsync(Actor by, ArticleInput before, ArticleInput typed, bool publish) =>
            publish
                ? Service.PublishAsync(by, id, before, typed, null, isSmall: false, Token)
                : Service.SaveDraftAsync(by, id, before, typed, Token);
    }

    [Fact]
    public async Task OwnDraft_IsNoVersionAtEverySave()
    {
        var (id, _) = await _bed.DraftAsync();
        var next = Writings.Input with { Body = "Далі" };

        await Service.SaveDraftAsync(_bed.Nina, id, Writings.Input, next, Token);
        await Service.SaveDraftAsync(_bed.Nina, id, next, Writings.Input with { Body = "Ще" }, Token);

        Assert.Equal(0, await _bed.ReadAsync(db => db.ArticleVersions.CountAsync(Token)));
    }

    [Fact]
    public async Task TwoAtOnce_OneIsToldSo()
    {
        var (id, _) = await _bed.PublishedAsync();

        var stored = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(place =>
                    Service.PublishAsync(
                        _bed.Nina,
                        id,
                        Writings.Input,
                        Writings.Input with
                        {
                            Body = $"{place}",
                        },
                        null,
                        isSmall: false,
                        Token
                    )
                )
        );

        Assert.Single(stored, isStored => isStored);
        Assert.Equal(2, await _bed.ReadAsync(db => db.ArticleVersions.CountAsync(Token)));
    }

    [Fact]
    public async Task RestoredVersion_IsANewOne_AndADraftBesideStays()
    {
        var (id, number) = await _bed.PublishedAsync();
        await _bed.RewriteAsync(id, "Друге");
        var draft = (await _bed.StoredAsync(id)) with { Body = "Чернетка" };
        await Service.SaveDraftAsync(_bed.Nina, id, await _bed.StoredAsync(id), draft, Token);

        Assert.Equal(3, await Service.RestoreAsync(_bed.Ada, id, 1, Token));

        Assert.Equal((Writings.Input.Body!, 3), await BodyAsync(number));
        Assert.Equal(draft, await _bed.StoredAsync(id));
        var versions = await _bed.Get<ArticleVersionQueries>().PageAsync(_bed.Ada, number, null, Token);
        Assert.Equal(
            [
                (3, ArticleVersionKind.Restored, 1, true),
                (2, ArticleVersionKind.Published, null, false),
                (1, ArticleVersionKind.Published, (int?)null, false),
            ],
            versions.Rows.Select(row => (row.Number, row.Kind, row.RestoredFrom, row.IsShown))
        );
        Assert.Equal("Ясніше", versions.Rows[1].Note);
        // What readers see already is not published once more.
        Assert.Equal(3, await Service.RestoreAsync(_bed.Ada, id, 1, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Service.RestoreAsync(_bed.Ada, id, 9, Token));
    }

    [Fact]
    public async Task Archived_IsOutOfReadersSight_KeptFromChanges_AndComesBack()
    {
        var (id, number) = await _bed.PublishedAsync();

        await Service.ArchiveAsync(_bed.Ada, id, Token);
        await Service.ArchiveAsync(_bed.Ada, id, Token);

        await Assert.ThrowsAsync<NotFoundException>(() => Queries.DetailsAsync(_bed.Olena, number, Token));
        Assert.NotNull((await Queries.DetailsAsync(_bed.Nina, number, Token)).ArchivedAt);
        Assert.Empty(
            (await Queries.PageAsync(_bed.Olena, new() { Shelf = ArticleShelf.Archive, Search = "захист" }, Token)).Rows
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Service.PublishAsync(
                _bed.Nina,
                id,
                Writings.Input,
                Writings.Input with
                {
                    Body = "x",
                },
                null,
                isSmall: false,
                Token
            )
        );

        await Service.BringBackAsync(_bed.Nina, id, Token);

        Assert.Equal(1, (await BodyAsync(number)).Version);
    }

    public static TheoryData<string, ArticleInput, string, string> Faults
    {
        get
        {
            var input = Writings.Input;
            return new()
            {
                { "no title", input with { Title = " " }, "Title", FieldErrorCode.Required },
                { "long title", input with { Title = new string('x', 151) }, "Title", FieldErrorCode.TooLong },
                { "unreadable", input with { Title = "a\0b" }, "Title", FieldErrorCode.UnreadableText },
                { "no text", input with { Body = "\n" }, "Body", FieldErrorCode.Required },
                { "long text", input with { Body = new string('x', 20_001) }, "Body", FieldErrorCode.TooLong },
                { "lines", input with { Body = string.Join('\n', Enumerable.Repeat("x", 2_001)) }, "Body", "TooMany" },
                { "nested", input with { Body = new string('>', 5_000) + "x" }, "Body", FieldErrorCode.UnreadableText },
                { "no section", input with { SectionId = null }, "SectionId", FieldErrorCode.Required },
                { "strange section", input with { SectionId = Guid.Empty }, "SectionId", FieldErrorCode.UnknownOption },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_IsNamedAtItsField(string _, ArticleInput typed, string field, string code)
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => _bed.DraftAsync(typed));

        var fault = Assert.Single(refused.Errors);
        Assert.Equal((field, code), (fault.Field, fault.Code));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Articles.CountAsync(Token)));
    }

    [Fact]
    public async Task Agents_AndWhoeverOnlyLooks_WriteNothing()
    {
        var (id, _) = await _bed.PublishedAsync();
        var before = (await EventsAsync()).Count;

        await AssertForbiddenAsync(_bed.Olena, id, GuardedAct.SetKnowledge);
        await AssertForbiddenAsync(_bed.Nina with { ViewerId = _bed.Ada.UserId }, id, GuardedAct.ChangeWhileLooking);
        Assert.Equal(before, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task EveryAct_IsInTheAudit_WithWhoAndWhat()
    {
        var (id, _) = await _bed.PublishedAsync();
        await Service.SaveDraftAsync(_bed.Mark, id, Writings.Input, Writings.Input with { Body = "x" }, Token);
        await Service.DiscardDraftAsync(_bed.Mark, id, Token);
        await _bed.RewriteAsync(id, "Друге");
        await Service.RestoreAsync(_bed.Ada, id, 1, Token);
        await Service.ArchiveAsync(_bed.Ada, id, Token);
        await Service.BringBackAsync(_bed.Ada, id, Token);

        var events = await EventsAsync();
        Assert.Equal(
            [
                "section added",
                "article begun",
                "article published",
                "draft stored",
                "draft thrown away",
                "article published",
                "version restored",
                "article archived",
                "article brought back",
            ],
            events.Select(entry => entry.Details["act"])
        );
        Assert.All(events.Skip(1), entry => Assert.Equal("1 Захист клієнта", entry.Details["article"]));
        Assert.Equal(
            ("Ніна Коваль", "2", "Ясніше"),
            (events[5].ActorName, events[5].Details["version"], events[5].Details["note"])
        );
        Assert.Equal(("Ada Byron", "1"), (events[6].ActorName, events[6].Details["restored from"]));
    }

    private async Task AssertForbiddenAsync(Actor actor, Guid id, GuardedAct act)
    {
        Func<Task>[] acts =
        [
            () => Service.CreateAsync(actor, Guid.CreateVersion7(), Writings.Input, Token),
            () => Service.SaveDraftAsync(actor, id, Writings.Input, Writings.Input with { Body = "x" }, Token),
            () =>
                Service.PublishAsync(
                    actor,
                    id,
                    Writings.Input,
                    Writings.Input with
                    {
                        Body = "x",
                    },
                    null,
                    isSmall: false,
                    Token
                ),
            () => Service.RestoreAsync(actor, id, 1, Token),
            () => Service.DiscardDraftAsync(actor, id, Token),
            () => Service.ArchiveAsync(actor, id, Token),
            () => Service.BringBackAsync(actor, id, Token),
            () => _bed.Get<KnowledgeSections>().SaveAsync(actor, Guid.CreateVersion7(), null, "x", Token),
            () => _bed.Get<KnowledgeSections>().MoveAsync(actor, Writings.Basics, 1, Token),
            () => _bed.Get<KnowledgeSections>().RemoveAsync(actor, Writings.Basics, Token),
        ];
        foreach (var attempt in acts)
        {
            Assert.Equal(act, (await Assert.ThrowsAsync<ForbiddenException>(attempt)).Act);
        }
    }

    private async Task<(string Body, int Version)> BodyAsync(long number)
    {
        var read = await Queries.DetailsAsync(_bed.Olena, number, Token);
        return (read.Body, read.Version);
    }

    private Task<List<SecurityEvent>> EventsAsync() =>
        _bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.Kind == SecurityEventKind.KnowledgeChanged)
                .OrderBy(entry => entry.Id)
                .ToListAsync(Token)
        );
}
