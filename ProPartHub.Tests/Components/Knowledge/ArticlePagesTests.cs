using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Knowledge;
using ProPartHub.Web.Components.Knowledge;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Knowledge;

/// <summary>The knowledge base's list, an article's page, its form, its versions and the sections.</summary>
public sealed class ArticlePagesTests : LeadComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task EmptyBase_SaysWhoWrites()
    {
        await Bed.SectionAsync();
        SignIn(Bed.Olena);
        var readers = Render<KnowledgePage>();
        Assert.Contains("менеджери", readers.WaitForElement(".empty-state").TextContent, StringComparison.Ordinal);
        Assert.Empty(readers.FindAll("a[href='/knowledge/new'], .knowledge-shelves"));

        SignIn(Bed.Nina);
        Render<KnowledgePage>().WaitForElement(".empty-state a[href='/knowledge/new']");
    }

    [Fact]
    public async Task Overview_MarksWhatIsNew_AndSearchMarksTheHit()
    {
        var (_, number) = await Bed.PublishedAsync();
        SignIn(Bed.Olena);

        var page = Render<KnowledgePage>();
        Assert.Equal("Нове", page.WaitForElement(".shelf .reading-chip").TextContent);
        await page.InvokeAsync(() => page.Find("input[type=search]").Change("закрiплений днів"));
        Assert.Contains("q=", Navigation.Uri, StringComparison.Ordinal);

        Navigation.NavigateTo("/knowledge?q=KLIIENT закріплений");
        var found = Render<KnowledgePage>();
        Assert.Equal(
            ["клієнт", "Клієнт", "закріплений"],
            found.WaitForElements(".article-row mark").Select(mark => mark.TextContent)
        );
        Assert.Equal($"/knowledge/{number}", found.Find(".article-row a").GetAttribute("href"));
    }

    [Fact]
    public async Task SearchThatFindsNothing_OffersAWayOut()
    {
        await Bed.PublishedAsync();
        SignIn(Bed.Olena);
        Navigation.NavigateTo("/knowledge?q=щойно");

        Assert.Equal("/knowledge", Render<KnowledgePage>().WaitForElement(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task DatabaseAway_IsSaid_AndTriedAgain()
    {
        await Bed.PublishedAsync();
        SignIn(Bed.Olena);
        await RenameTableAsync("articles", "away");
        var page = Render<KnowledgePage>();

        page.WaitForElement(".empty-state button");
        await RenameTableAsync("away", "articles");
        await page.InvokeAsync(() => page.Find(".empty-state button").Click());

        page.WaitForElement(".shelf li a");
    }

    [Fact]
    public async Task OpenedArticle_IsSeen_AndItsNewTextComesByItself()
    {
        var (id, number) = await Bed.PublishedAsync();
        SignIn(Bed.Olena);

        var page = Open(number);
        page.WaitForAssertion(() => Assert.Equal("90 днів", page.Find(".article-body strong").TextContent));
        Assert.Equal(1, await SeenAsync());
        Assert.Empty(page.FindAll(".page-header-actions a, .readers, .article-confirm"));

        await Bed.RewriteAsync(id, "Тепер **120 днів**");
        await page.InvokeAsync(() => Agency.Hear(nameof(AgencyTopic.Knowledge)));
        Clock.Advance(LateRefresh.Pause);

        page.WaitForAssertion(() => Assert.Equal("120 днів", page.Find(".article-body strong").TextContent));
        Assert.Equal(2, await SeenAsync());
    }

    [Fact]
    public async Task MustRead_IsConfirmedByAButton_AndWritersSeeWho()
    {
        var (_, number) = await Bed.PublishedAsync(Writings.Input with { MustRead = true });
        SignIn(Bed.Olena);
        var page = Open(number);
        page.WaitForElement(".article-confirm button");

        await page.InvokeAsync(() => page.Find(".article-confirm button").Click());
        page.WaitForElement(".article-confirmed");
        Assert.Empty(page.FindAll(".article-confirm button"));

        SignIn(Bed.Nina);
        var writers = Open(number);
        writers.WaitForAssertion(() =>
            Assert.Contains("1 з 3", writers.Find(".readers-head").TextContent, StringComparison.Ordinal)
        );
        await writers.InvokeAsync(() => writers.FindAll(".readers .chip")[1].Click());
        writers.WaitForAssertion(() =>
            Assert.Contains(Bed.Olena.Name, writers.Find(".readers li").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task DraftAndUnknownNumber_AreMissingForReaders()
    {
        var (_, number) = await Bed.DraftAsync();
        SignIn(Bed.Olena);
        Open(number).WaitForElement(".notice");
        Open(99).WaitForElement(".notice");

        SignIn(Bed.Nina);
        Assert.Contains(
            "ще не бачать",
            Open(number).WaitForElement(".article-state").TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Archived_IsSaid_AndTakenBack()
    {
        var (id, number) = await Bed.PublishedAsync();
        SignIn(Bed.Nina);
        var page = Open(number);
        page.WaitForElement(".article-body");

        await page.InvokeAsync(() => page.Find(".page-header-actions button").Click());
        page.WaitForElement(".article-state");
        Assert.NotNull(await ArchivedAsync(id));

        await page.InvokeAsync(() => page.Find(".page-header-actions button").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".article-state")));
        Assert.Null(await ArchivedAsync(id));
    }

    [Fact]
    public async Task NewArticle_NamesFaults_KeepsWhatWasTyped_AndIsPublished()
    {
        await Bed.SectionAsync();
        SignIn(Bed.Nina);
        var page = Render<NewArticlePage>();
        page.WaitForElement("form");

        await page.InvokeAsync(() => page.Find("[name=Title]").Change("Правила"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForElement("#article-Body-fault");
        Assert.NotNull(page.Find("#article-SectionId-fault"));
        Assert.Equal("Правила", page.Find("[name=Title]").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find("[name=SectionId]").Change(Writings.Basics.ToString()));
        await page.InvokeAsync(() => page.Find("[name=Body]").Change("Текст"));
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.EndsWith("/knowledge/1", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(1, (await Bed.Get<ArticleQueries>().DetailsAsync(Bed.Olena, 1, Token)).Version);
    }

    [Fact]
    public async Task Preview_FollowsTheTyping_AndIsSafe()
    {
        await Bed.SectionAsync();
        SignIn(Bed.Nina);
        var page = Render<NewArticlePage>();
        page.WaitForElement("form");
        var form = page.FindComponent<ArticleForm>();

        await page.InvokeAsync(() => form.Instance.Preview("## Так\n\n<img src=x onerror=alert(1)>"));

        Assert.Equal("Так", page.Find(".writer-preview h2").TextContent);
        Assert.Empty(page.FindAll(".writer-preview img"));
        await page.InvokeAsync(() => form.Instance.Preview(new string('>', 5_000)));
        Assert.Contains("не можна показати", page.Find(".writer-none").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWasFaster_IsSaid_AndTypedTextStays()
    {
        var (id, number) = await Bed.PublishedAsync();
        SignIn(Bed.Nina);
        var page = Render<EditArticlePage>(builder => builder.Add(one => one.Number, number));
        page.WaitForElement("form");
        await page.InvokeAsync(() => page.Find("[name=Body]").Change("Моє"));
        await Bed.Get<ArticleService>()
            .SaveDraftAsync(Bed.Mark, id, Writings.Input, Writings.Input with { Title = "Їхня назва" }, Token);

        await page.InvokeAsync(() => page.Find("form").Submit());

        Assert.Contains("Хтось", page.WaitForElement(".said-fault").TextContent, StringComparison.Ordinal);
        Assert.Equal("Моє", page.Find("[name=Body]").GetAttribute("value"));
        Assert.Contains("Їхня назва", page.Find("h1").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("form").Submit());

        page.WaitForAssertion(() => Assert.EndsWith($"/knowledge/{number}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Моє", (await Bed.Get<ArticleQueries>().DetailsAsync(Bed.Olena, number, Token)).Body);
    }

    [Fact]
    public async Task StoredDraft_StaysOpen_AndIsStoredAgain()
    {
        var (id, number) = await Bed.PublishedAsync();
        SignIn(Bed.Nina);
        var page = Render<EditArticlePage>(builder => builder.Add(one => one.Number, number));
        page.WaitForElement("form");

        foreach (var text in new[] { "Раз", "Два" })
        {
            await page.InvokeAsync(() => page.Find("[name=Body]").Change(text));
            await page.InvokeAsync(() => page.Find(".article-form-acts .button-plain").Click());
            page.WaitForAssertion(() =>
                Assert.Contains("збережено", page.Find(".said").TextContent, StringComparison.Ordinal)
            );
            Assert.Equal(text, (await Bed.StoredAsync(id)).Body);
        }
    }

    [Fact]
    public async Task Versions_AreComparedInWords_AndRestored()
    {
        var (id, number) = await Bed.PublishedAsync();
        await Bed.RewriteAsync(id, "Інший рядок");
        SignIn(Bed.Nina);
        Navigation.NavigateTo($"/knowledge/{number}/versions?from=1&to=2");
        var compared = Versions(number);

        Assert.Equal("Інший рядок", compared.WaitForElement(".line-added ins").TextContent);
        Assert.Contains("Вилучено:", compared.Find(".line-removed").TextContent, StringComparison.Ordinal);

        Navigation.NavigateTo($"/knowledge/{number}/versions?v=1");
        var page = Versions(number);
        page.WaitForElement(".version-bar button");
        await page.InvokeAsync(() => page.Find(".version-bar button").Click());

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".versions > li").Count));
        Assert.Equal(3, (await Bed.Get<ArticleQueries>().DetailsAsync(Bed.Olena, number, Token)).Version);
    }

    [Fact]
    public async Task Sections_AreAddedRenamedMovedAndRemoved()
    {
        await Bed.PublishedAsync();
        SignIn(Bed.Nina);
        var page = Render<SectionsPage>();
        page.WaitForElement(".sections li");

        await page.InvokeAsync(() => page.Find("#section-new").Change("Угоди"));
        await page.InvokeAsync(() => page.Find(".section-new").Submit());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".sections li").Count));
        await page.InvokeAsync(() => page.FindAll(".section-acts")[1].QuerySelectorAll("button")[0].Click());
        page.WaitForAssertion(() => Assert.Equal(["Угоди", "Основи"], Names(page)));
        Assert.True(page.FindAll(".section-acts")[1].QuerySelectorAll("button")[3].HasAttribute("disabled"));
        await page.InvokeAsync(() => page.FindAll(".section-acts")[0].QuerySelectorAll("button")[3].Click());
        page.WaitForAssertion(() => Assert.Equal(["Основи"], Names(page)));

        await page.InvokeAsync(() => page.FindAll(".section-acts")[0].QuerySelectorAll("button")[2].Click());
        await page.InvokeAsync(() => page.Find("#section-name").Change("Початок"));
        await page.InvokeAsync(() => page.Find(".section-form").Submit());
        page.WaitForAssertion(() => Assert.Equal(["Початок"], Names(page)));
    }

    private static IEnumerable<string> Names(IRenderedComponent<SectionsPage> page) =>
        page.FindAll(".section-name").Select(name => name.TextContent);

    private IRenderedComponent<ArticlePage> Open(long number) =>
        Render<ArticlePage>(builder => builder.Add(page => page.Number, number));

    private IRenderedComponent<VersionsPage> Versions(long number) =>
        Render<VersionsPage>(builder => builder.Add(page => page.Number, number));

    private Task<int> SeenAsync() => Bed.ReadAsync(db => db.ArticleReadings.MaxAsync(row => row.VersionNumber, Token));

    private Task<DateTimeOffset?> ArchivedAsync(Guid id) =>
        Bed.ReadAsync(db => db.Articles.Where(row => row.Id == id).Select(row => row.ArchivedAt).SingleAsync(Token));

    // For the page, a table that is missing is a database that does not answer as it should.
    private Task<int> RenameTableAsync(string from, string to) =>
        Bed.ReadAsync(db =>
#pragma warning disable EF1002 // Names of the test's own.
            db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}", Token)
#pragma warning restore EF1002
        );
}
