using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Lists and search: in any spelling, the title first, page by page, and from indexes.</summary>
public sealed class ArticleQueriesTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ArticleQueries Queries => _bed.Get<ArticleQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("ґанок")]
    [InlineData("ГАНОК")]
    [InlineData("ganok")]
    [InlineData("дерев'яний ґан")]
    [InlineData("клієнт дерев’яний")]
    public async Task Search_FindsAnySpelling_InTitleAndText_WordsInAnyOrder(string search)
    {
        await _bed.PublishedAsync(Writings.Input with { Body = "Дерев’яний **ґанок** перед будинком" });
        await _bed.PublishedAsync(Writings.Input with { Title = "Інше", Body = "Нічого" });

        var row = Assert.Single((await Queries.PageAsync(_bed.Olena, new() { Search = search }, Token)).Rows);

        Assert.Equal("Дерев’яний ґанок перед будинком", row.Excerpt);
        Assert.Equal("Захист клієнта", row.Title);
    }

    [Fact]
    public async Task WordInTheTitle_WeighsMore_AndTheExcerptShowsTheHit()
    {
        var filler = string.Join(' ', Enumerable.Repeat("слово", 100));
        var (_, inText) = await _bed.PublishedAsync(Writings.Input with { Body = $"{filler} комісія {filler}" });
        var (_, inTitle) = await _bed.PublishedAsync(Writings.Input with { Title = "Комісія", Body = "Рівні" });
        var (_, newest) = await _bed.PublishedAsync(Writings.Input with { Body = "про комісія" });

        var rows = (await Queries.PageAsync(_bed.Olena, new() { Search = "комісія" }, Token)).Rows;

        Assert.Equal([inTitle, newest, inText], rows.Select(row => row.Number));
        Assert.StartsWith("… слово", rows[2].Excerpt, StringComparison.Ordinal);
        Assert.Contains("комісія", rows[2].Excerpt, StringComparison.Ordinal);
        Assert.InRange(rows[2].Excerpt.Length, 100, 200);
    }

    [Fact]
    public async Task SignsOfPatterns_StandForThemselves()
    {
        await _bed.PublishedAsync(Writings.Input with { Body = "Знижка 50% на все_разом" });

        Assert.Single((await Queries.PageAsync(_bed.Olena, new() { Search = "50%" }, Token)).Rows);
        Assert.Empty((await Queries.PageAsync(_bed.Olena, new() { Search = "%все%ом" }, Token)).Rows);
        Assert.Empty((await Queries.PageAsync(_bed.Olena, new() { Search = "вс_" }, Token)).Rows);
    }

    [Fact]
    public async Task Draft_IsNotFound_NotEvenByItsWriter_UntilItIsPublished()
    {
        var (id, _) = await _bed.PublishedAsync();
        await _bed.Get<ArticleService>()
            .SaveDraftAsync(_bed.Nina, id, Writings.Input, Writings.Input with { Body = "таємниця" }, Token);

        Assert.Empty((await Queries.PageAsync(_bed.Nina, new() { Search = "таємниця" }, Token)).Rows);
        Assert.Empty(await Queries.FindAsync(_bed.Nina, "таємниця", Token));
        Assert.Single((await Queries.PageAsync(_bed.Nina, new() { Shelf = ArticleShelf.Drafts }, Token)).Rows);
        // For readers there is no such shelf: they are shown what is published.
        Assert.Null(
            Assert
                .Single((await Queries.PageAsync(_bed.Olena, new() { Shelf = ArticleShelf.Drafts }, Token)).Rows)
                .DraftAt
        );
        Assert.Equal((1, 0), await Queries.CountsAsync(_bed.Nina, Token));
        Assert.Equal((0, 0), await Queries.CountsAsync(_bed.Olena, Token));
    }

    [Theory]
    [InlineData("search")]
    [InlineData("section")]
    [InlineData("drafts")]
    public async Task Pages_HoldEachArticleOnce_ForwardAndBack(string kind)
    {
        await _bed.SectionAsync();
        await CrowdAsync(45);
        var query = kind switch
        {
            "search" => new ArticleQuery { Search = "стаття" },
            "section" => new ArticleQuery { SectionId = Writings.Basics },
            _ => new ArticleQuery { Shelf = ArticleShelf.Drafts },
        };

        var first = await Queries.PageAsync(_bed.Nina, query, Token);
        var second = await Queries.PageAsync(_bed.Nina, query with { Cursor = first.Next }, Token);
        var third = await Queries.PageAsync(_bed.Nina, query with { Cursor = second.Next }, Token);
        var back = await Queries.PageAsync(_bed.Nina, query with { Cursor = third.Previous, Backward = true }, Token);

        Assert.Equal((20, 20, 5), (first.Rows.Count, second.Rows.Count, third.Rows.Count));
        Assert.Null(third.Next);
        Assert.Null(first.Previous);
        Assert.Equal(45, first.Rows.Concat(second.Rows).Concat(third.Rows).DistinctBy(row => row.Id).Count());
        Assert.Equal(second.Rows, back.Rows);
    }

    [Theory]
    [InlineData("search", "ix_articles_search_text")]
    [InlineData("section", "ix_articles_section_id_title_number")]
    [InlineData("drafts", "ix_articles_drafts_number")]
    [InlineData("archive", "ix_articles_archived_number")]
    public async Task Lists_OfManyArticles_AreReadFromTheirIndex(string kind, string index)
    {
        await _bed.SectionAsync();
        await CrowdAsync(20_000);
        await _bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE articles", Token));
        var query = kind switch
        {
            "search" => new ArticleQuery { Search = "17123" },
            "section" => new ArticleQuery { SectionId = Writings.Basics },
            "drafts" => new ArticleQuery { Shelf = ArticleShelf.Drafts },
            _ => new ArticleQuery { Shelf = ArticleShelf.Archive },
        };

        foreach (var beyond in new[] { null, new ArticleCursor(9_000, 0, "Стаття 5000") })
        {
            var plan = await PlanAsync(db => ArticleQueries.Of(db, _bed.Ada, query, beyond, 21));

            Assert.DoesNotContain("Seq Scan on articles", plan, StringComparison.Ordinal);
            Assert.Contains(index, plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EachRead_IsAFixedNumberOfCommands()
    {
        var (id, number) = await _bed.PublishedAsync();
        await CrowdAsync(45);

        Assert.Equal(1, await CommandsAsync(() => Queries.OverviewAsync(_bed.Olena, Token)));
        Assert.Equal(1, await CommandsAsync(() => Queries.PageAsync(_bed.Nina, new() { Search = "стаття" }, Token)));
        Assert.Equal(1, await CommandsAsync(() => Queries.FindAsync(_bed.Olena, "стаття", Token)));
        Assert.Equal(2, await CommandsAsync(() => Queries.DetailsAsync(_bed.Olena, number, Token)));
        Assert.Equal(1, await CommandsAsync(() => Queries.ToEditAsync(_bed.Nina, number, Token)));
        Assert.Equal(
            2,
            await CommandsAsync(() => _bed.Get<ArticleVersionQueries>().PageAsync(_bed.Nina, number, null, Token))
        );
        Assert.Equal(1, await CommandsAsync(() => _bed.Get<ArticleReadings>().CountsAsync(_bed.Nina, id, Token)));
        Assert.Equal(
            1,
            await CommandsAsync(() => _bed.Get<ArticleReadings>().PageAsync(_bed.Nina, id, false, null, Token))
        );
    }

    [Fact]
    public async Task Overview_ShowsEachSectionsFirst_AndNeighboursLeadThroughIt()
    {
        await _bed.SectionAsync("Угоди", Guid.CreateVersion7());
        var (_, b) = await _bed.PublishedAsync(Writings.Input with { Title = "Ґ" });
        var (_, a) = await _bed.PublishedAsync(Writings.Input with { Title = "Г" });
        var (_, c) = await _bed.PublishedAsync(Writings.Input with { Title = "Є" });

        var shelves = await Queries.OverviewAsync(_bed.Olena, Token);
        var middle = await Queries.DetailsAsync(_bed.Olena, b, Token);

        Assert.Equal([("Угоди", 0), ("Основи", 3)], shelves.Select(shelf => (shelf.Name, shelf.Total)));
        Assert.Equal([a, b, c], shelves[1].First.Select(row => row.Number));
        Assert.Equal((a, c), (middle.Previous?.Number, middle.Next?.Number));
        Assert.Null((await Queries.DetailsAsync(_bed.Olena, a, Token)).Previous);
    }

    private async Task<int> CommandsAsync(Func<Task> read)
    {
        _bed.Sql.Reset();
        await read();
        return _bed.Sql.Commands.Count;
    }

    // Every one has a draft for a crowd of 45; of thousands few have, and few are archived.
    private Task<int> CrowdAsync(int count) =>
        _bed.ReadAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO articles (id, title, section_id, body, must_read, published_version, last_version, published_at,
                    draft_title, draft_body, draft_section_id, draft_must_read, draft_at, created_at, archived_at, plain,
                    search_title, search_text)
                SELECT gen_random_uuid(), 'Стаття ' || n, {Writings.Basics}, 'Текст', false, 1, 1, now(), 'Стаття ' || n, 'Т',
                    {Writings.Basics}, false, CASE WHEN {count} < 100 OR n % 200 = 1 THEN now() END, now(),
                    CASE WHEN {count} > 100 AND n % 200 = 2 THEN now() END, repeat('Текст ', 50), 'stattia ' || n,
                    'stattia ' || n || ' tekst'
                FROM generate_series(1, {count}) AS n
                """,
                Token
            )
        );

    private async Task<string> PlanAsync<T>(Func<HubDbContext, IQueryable<T>> query) =>
        await _bed.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(Token);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await using var prepared = query(db).CreateDbCommand();
            command.CommandText = "EXPLAIN " + prepared.CommandText;
            foreach (System.Data.Common.DbParameter parameter in prepared.Parameters)
            {
                command.Parameters.Add(((Npgsql.NpgsqlParameter)parameter).Clone());
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        });
}
