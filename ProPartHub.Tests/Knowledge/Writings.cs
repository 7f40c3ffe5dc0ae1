using NetVips;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Made-up articles for tests.</summary>
internal static class Writings
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    /// <summary>The section that <see cref="SectionAsync"/> adds first.</summary>
    public static Guid Basics { get; } = new("aaaaaaaa-0000-7000-8000-000000000001");

    /// <summary>A valid input in <see cref="Basics"/>.</summary>
    public static ArticleInput Input { get; } =
        new()
        {
            Title = "Захист клієнта",
            SectionId = Basics,
            Body = "Клієнт закріплений на **90 днів**.",
        };

    /// <summary>An upload of a picture.</summary>
    public static HandedIn Picture(int width = 60, int height = 30)
    {
        var content = Png(width, height);
        return new("план.png", "image/png", content.Length, () => new MemoryStream(content));
    }

    /// <summary>A picture of some blue.</summary>
    public static byte[] Png(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var blue = black.Linear([1.0, 1.0, 1.0], [86.0, 128.0, 172.0], uchar: true);
        using var picture = blue.Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.PngsaveBuffer();
    }

    /// <summary>Adds a section.</summary>
    public static async Task<Guid> SectionAsync(this HubBed bed, string name = "Основи", Guid? id = null)
    {
        var key = id ?? Basics;
        await bed.Get<KnowledgeSections>().SaveAsync(bed.Nina, key, null, name, Token);
        return key;
    }

    /// <summary>Begins an article as a draft, with its section.</summary>
    public static async Task<(Guid Id, long Number)> DraftAsync(
        this HubBed bed,
        ArticleInput? input = null,
        Actor? by = null
    )
    {
        if ((input ?? Input).SectionId == Basics)
        {
            await bed.SectionAsync();
        }

        var id = Guid.CreateVersion7();
        return (id, await bed.Get<ArticleService>().CreateAsync(by ?? bed.Nina, id, input ?? Input, Token));
    }

    /// <summary>Adds an article that readers see.</summary>
    public static async Task<(Guid Id, long Number)> PublishedAsync(
        this HubBed bed,
        ArticleInput? input = null,
        Actor? by = null
    )
    {
        var article = await bed.DraftAsync(input, by);
        var values = input ?? Input;
        await bed.Get<ArticleService>()
            .PublishAsync(by ?? bed.Nina, article.Id, values, values, null, isSmall: false, Token);
        return article;
    }

    /// <summary>Publishes it anew with another text.</summary>
    public static async Task RewriteAsync(
        this HubBed bed,
        Guid id,
        string body,
        bool mustRead = false,
        bool isSmall = false
    )
    {
        var now = await bed.StoredAsync(id);
        var typed = now with { Body = body, MustRead = mustRead };
        Xunit.Assert.True(
            await bed.Get<ArticleService>().PublishAsync(bed.Nina, id, now, typed, "Ясніше", isSmall, Token)
        );
    }

    /// <summary>What a form would open with.</summary>
    public static Task<ArticleInput> StoredAsync(this HubBed bed, Guid id) =>
        bed.ReadAsync(async db => ArticleInput.Of((await db.Articles.FindAsync([id], Token))!));
}
