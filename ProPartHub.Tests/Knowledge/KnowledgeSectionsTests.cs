using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Sections stand in one order that writers keep; none goes with articles in it.</summary>
public sealed class KnowledgeSectionsTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KnowledgeSections Sections => _bed.Get<KnowledgeSections>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task RemovedWhileAnArticleIsFiledIntoIt_EitherStays_OrTheArticleIsRefusedInWords()
    {
        for (var round = 0; round < 15; round++)
        {
            var (section, article) = (
                await _bed.SectionAsync($"Спільний {round}", Guid.CreateVersion7()),
                Guid.CreateVersion7()
            );
            var filed = FiledAsync(article, section);
            var removed = Sections.RemoveAsync(_bed.Ada, section, Token);

            Assert.NotEqual(await removed, await filed);
        }
    }

    [Fact]
    public async Task AddedMovedAndRemoved_InOneOrder()
    {
        var ids = new List<Guid>();
        foreach (var name in new[] { "А", "Б", "В" })
        {
            ids.Add(await _bed.SectionAsync(name, Guid.CreateVersion7()));
        }

        Assert.True(await Sections.MoveAsync(_bed.Nina, ids[2], -5, Token));
        Assert.False(await Sections.MoveAsync(_bed.Nina, ids[2], -1, Token));
        Assert.True(await Sections.MoveAsync(_bed.Nina, ids[0], 1, Token));
        Assert.Equal(["В", "Б", "А"], await NamesAsync());

        Assert.True(await Sections.RemoveAsync(_bed.Ada, ids[1], Token));
        await _bed.SectionAsync("Г", Guid.CreateVersion7());
        Assert.Equal(["В", "А", "Г"], await NamesAsync());
        await Assert.ThrowsAsync<NotFoundException>(() => Sections.RemoveAsync(_bed.Ada, ids[1], Token));
    }

    [Fact]
    public async Task Renamed_OnlyOverTheNameThatWasSeen_AndNeverToOneThatIsTaken()
    {
        await _bed.SectionAsync();
        await _bed.SectionAsync("Угоди", Guid.CreateVersion7());

        Assert.True(await Sections.SaveAsync(_bed.Ada, Writings.Basics, "Основи", " Перші  кроки ", Token));
        Assert.False(await Sections.SaveAsync(_bed.Nina, Writings.Basics, "Основи", "Інше", Token));
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Sections.SaveAsync(_bed.Ada, Writings.Basics, "Перші  кроки", "УГОДИ", Token)
        );

        Assert.Equal(FieldErrorCode.NameTaken, refused.Errors[0].Code);
        Assert.Equal(["Перші  кроки", "Угоди"], await NamesAsync());
    }

    [Fact]
    public async Task WithAnArticleInIt_EvenADraftOrAnArchivedOne_ItStays()
    {
        var (draft, _) = await _bed.DraftAsync();
        Assert.False(await Sections.RemoveAsync(_bed.Ada, Writings.Basics, Token));
        await _bed.Get<ArticleService>().DiscardDraftAsync(_bed.Ada, draft, Token);
        var (published, _) = await _bed.PublishedAsync();
        await _bed.Get<ArticleService>().ArchiveAsync(_bed.Ada, published, Token);

        Assert.False(await Sections.RemoveAsync(_bed.Ada, Writings.Basics, Token));
        Assert.Equal(1, (await Sections.ListAsync(_bed.Ada, Token))[0].Articles);
        // What readers do not find is not counted for them.
        Assert.Equal(0, (await Sections.ListAsync(_bed.Olena, Token))[0].Articles);
    }

    [Fact]
    public async Task MoreThanTheMost_IsRefused()
    {
        for (var section = 0; section < ArticleLimits.Sections; section++)
        {
            await _bed.SectionAsync($"Розділ {section}", Guid.CreateVersion7());
        }

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            _bed.SectionAsync("Зайвий", Guid.CreateVersion7())
        );
        Assert.Equal(FieldErrorCode.TooMany, refused.Errors[0].Code);
    }

    // False where it was refused in words; all else is an error.
    private async Task<bool> FiledAsync(Guid article, Guid section)
    {
        try
        {
            await _bed.Get<ArticleService>()
                .CreateAsync(_bed.Nina, article, Writings.Input with { SectionId = section }, Token);
            return true;
        }
        catch (InvalidInputException refused)
        {
            Assert.Equal(FieldErrorCode.UnknownOption, Assert.Single(refused.Errors).Code);
            return false;
        }
    }

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await Sections.ListAsync(_bed.Olena, Token)).Select(section => section.Name);
}
