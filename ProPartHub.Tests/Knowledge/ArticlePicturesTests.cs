using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Knowledge;

/// <summary>Pictures are seen by whoever can read a text that shows them, and go when no text does.</summary>
public sealed class ArticlePicturesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-pictures");
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ArticlePictures Pictures => _bed.Get<ArticlePictures>();

    private ArticleService Service => _bed.Get<ArticleService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _bed.TakeFiles(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Readers_SeeWhatIsPublished_WritersTheRestToo()
    {
        var picture = await AddAsync();
        await SeenAsync(picture, byReaders: false);

        var with = Writings.Input with { Body = $"Так:\n\n![Схема]({ArticlePictureAddress.Of(picture)})" };
        var (id, _) = await _bed.DraftAsync(with);
        await SeenAsync(picture, byReaders: false);

        await Service.PublishAsync(_bed.Nina, id, with, with, null, isSmall: false, Token);
        await SeenAsync(picture, byReaders: true);

        await Service.ArchiveAsync(_bed.Nina, id, Token);
        await SeenAsync(picture, byReaders: false);
        await Service.BringBackAsync(_bed.Nina, id, Token);
        await SeenAsync(picture, byReaders: true);

        // What an earlier version shows is for those who see versions.
        await _bed.RewriteAsync(id, "Без зображення");
        await SeenAsync(picture, byReaders: false);
        await Service.RestoreAsync(_bed.Nina, id, 1, Token);
        await SeenAsync(picture, byReaders: true);
    }

    [Fact]
    public async Task DraftBesideWhatIsPublished_ShowsReadersNothing_AndHidesNothing()
    {
        var (old, @new) = (await AddAsync(), await AddAsync(40));
        var published = Writings.Input with { Body = $"![Стара]({ArticlePictureAddress.Of(old)})" };
        var (id, _) = await _bed.PublishedAsync(published);
        var draft = published with { Body = $"![Нова]({ArticlePictureAddress.Of(@new)})" };

        await Service.SaveDraftAsync(_bed.Nina, id, published, draft, Token);

        await SeenAsync(old, byReaders: true);
        await SeenAsync(@new, byReaders: false);
    }

    [Fact]
    public async Task OnlyWriters_Upload()
    {
        foreach (var actor in new[] { _bed.Olena, _bed.Ada with { ViewerId = Guid.CreateVersion7() } })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Pictures.AddAsync(actor, Writings.Picture(), Token));
        }

        var noPicture = new HandedIn("a.png", "image/png", 9, () => new MemoryStream(new byte[9]));
        Assert.Equal(FileFault.WrongType, (await Pictures.AddAsync(_bed.Nina, noPicture, Token)).Fault);
        Assert.Equal(0, await _bed.ReadAsync(db => db.ArticlePictures.CountAsync(Token)));
    }

    [Fact]
    public async Task Sizes_AreTold_OfWhatMayBeSeenAlone()
    {
        var picture = await AddAsync();
        var text = $"![Схема]({ArticlePictureAddress.Of(picture)}) і ![інша]({ArticlePictureAddress.Of(Guid.Empty)})";

        Assert.Equal(
            new KeyValuePair<Guid, PictureSize>(picture, new(60, 30)),
            Assert.Single(await Pictures.SizesAsync(_bed.Mark, text, Token))
        );
        Assert.Empty(await Pictures.SizesAsync(_bed.Olena, text, Token));
        Assert.Empty(await Pictures.SizesAsync(_bed.Mark, null, Token));
    }

    [Fact]
    public async Task PictureWithoutWords_IsRefused()
    {
        var typed = Writings.Input with { Body = $"![ ]({ArticlePictureAddress.Of(await AddAsync())})" };

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => _bed.DraftAsync(typed));

        Assert.Equal(("Body", FieldErrorCode.PictureWithoutWords), Named(Assert.Single(refused.Errors)));
    }

    [Fact]
    public async Task WhatNoTextShows_Goes_AndWhatAnEarlierVersionShows_Stays()
    {
        var (shown, drafted, unused) = (await AddAsync(), await AddAsync(40), await AddAsync(50));
        var (id, _) = await _bed.PublishedAsync(
            Writings.Input with
            {
                Body = $"![Схема]({ArticlePictureAddress.Of(shown)})",
            }
        );
        await _bed.RewriteAsync(id, "Без зображення");
        var (draft, _) = await _bed.DraftAsync(
            Writings.Input with
            {
                Body = $"![Начерк]({ArticlePictureAddress.Of(drafted)})",
            }
        );

        Assert.Equal(0, await SweepAsync());
        _bed.Time.Advance(ArticlePictureSweep.KeptFor + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal([shown, drafted], await LeftAsync());
        Assert.DoesNotContain(unused, await LeftAsync());

        await Service.DiscardDraftAsync(_bed.Nina, draft, Token);
        Assert.Equal(1, await SweepAsync());
        Assert.Equal([shown], await LeftAsync());
    }

    private static (string, string) Named(FieldError error) => (error.Field, error.Code);

    private async Task<Guid> AddAsync(int height = 30) =>
        (await Pictures.AddAsync(_bed.Nina, Writings.Picture(60, height), Token)).Id!.Value;

    private Task<int> SweepAsync() =>
        new ArticlePictureSweep(
            _bed.Get<HubDatabase>(),
            _bed.Get<WorkLog>(),
            _bed.Time,
            NullLogger<ArticlePictureSweep>.Instance
        ).RunAsync(Token);

    private Task<List<Guid>> LeftAsync() =>
        _bed.ReadAsync(db => db.ArticlePictures.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(Token));

    // Every role, somebody who is not verified and an admin who looks through an agent's eyes.
    private async Task SeenAsync(Guid picture, bool byReaders)
    {
        var readers = new[] { _bed.Olena, _bed.Taras, _bed.James, _bed.Olena with { ViewerId = _bed.Ada.UserId } };
        foreach (var reader in readers)
        {
            Assert.Equal(byReaders, await OpensAsync(reader, picture));
        }

        foreach (var writer in new[] { _bed.Nina, _bed.Mark, _bed.Ada })
        {
            Assert.True(await OpensAsync(writer, picture));
        }
    }

    private async Task<bool> OpensAsync(Actor actor, Guid picture)
    {
        try
        {
            await using var small = await Pictures.OpenAsync(actor, picture, isSmall: true, isHeld: false, Token);
            Assert.NotNull(small);
            Assert.Null(await Pictures.OpenAsync(actor, picture, isSmall: false, isHeld: true, Token));
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }
}
