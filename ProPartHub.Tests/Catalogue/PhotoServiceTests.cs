using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Managers and admins keep photos; everybody sees them, in the order that was chosen, and none that was taken away.</summary>
public sealed class PhotoServiceTests : IAsyncLifetime
{
    private FileBed _files = null!;
    private PictureWorkshop _workshop = null!;
    private PhotoService _service = null!;
    private PhotoQueries _queries = null!;
    private (Guid Id, long Number) _offer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => _files.Hub;

    public async ValueTask InitializeAsync()
    {
        _files = await FileBed.CreateAsync(inBucket: false, Token);
        _workshop = new(_files.Store, NullLogger<PictureWorkshop>.Instance);
        _service = new(Bed.Get<HubDatabase>(), _files.Store, _workshop, Bed.Time);
        _queries = new(Bed.Get<HubDatabase>(), _files.Store);
        _offer = await Bed.OfferAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _workshop.Dispose();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task Added_IsShownLargeAndSmall_ToWhoeverAsks()
    {
        var id = await AddAsync(_offer.Id, width: 1000);

        var photo = Assert.Single(await _queries.OfAsync(_offer.Id, Token));
        Assert.Equal((id, 1000, 500, null), (photo.Id, photo.Width, photo.Height, photo.Caption));
        Assert.Equal(1000, await WidthAsync(id, isSmall: false));
        Assert.Equal(PictureWorkshop.ThumbnailSide, await WidthAsync(id, isSmall: true));
        var row = Assert.Single((await Bed.Get<CatalogueQueries>().PageAsync(Bed.Olena, new(), Token)).Rows);
        Assert.Equal(id, row.CoverId);
    }

    [Fact]
    public async Task SentTwice_IsAddedOnce()
    {
        var id = await AddAsync(_offer.Id);
        Assert.Null(await _service.AddAsync(Bed.Nina, id, _offer.Id, Picture(), Token));

        Assert.Single(await _queries.OfAsync(_offer.Id, Token));
    }

    [Fact]
    public async Task Arranged_TheFirstIsTheCover_AndWhatIsNotNamedStaysBehind()
    {
        var ids = new[] { await AddAsync(_offer.Id), await AddAsync(_offer.Id), await AddAsync(_offer.Id) };

        await _service.ArrangeAsync(Bed.Nina, _offer.Id, [ids[2], Guid.CreateVersion7(), ids[0]], Token);

        Assert.Equal([ids[2], ids[0], ids[1]], await IdsAsync());
        var row = Assert.Single((await Bed.Get<CatalogueQueries>().PageAsync(Bed.Olena, new(), Token)).Rows);
        Assert.Equal(ids[2], row.CoverId);
    }

    [Fact]
    public async Task Removed_IsHandedToNobody_AndComesBackToItsPlaceWithinADay()
    {
        var ids = new[] { await AddAsync(_offer.Id), await AddAsync(_offer.Id) };

        await _service.RemoveAsync(Bed.Nina, ids[0], Token);

        Assert.Equal([ids[1]], await IdsAsync());
        await Assert.ThrowsAsync<NotFoundException>(() => _queries.OpenAsync(ids[0], isSmall: true, Token));
        await _service.RestoreAsync(Bed.Ada, ids[0], Token);
        Assert.Equal(ids, await IdsAsync());

        await _service.RemoveAsync(Bed.Nina, ids[0], Token);
        Bed.Time.Advance(DevelopmentPhoto.KeptFor + TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<NotFoundException>(() => _service.RestoreAsync(Bed.Nina, ids[0], Token));
    }

    [Fact]
    public async Task Caption_IsOneLine_AndHasALimit()
    {
        var id = await AddAsync(_offer.Id);

        await _service.CaptionAsync(Bed.Nina, id, " Вид\nна море ", Token);

        Assert.Equal("Вид на море", Assert.Single(await _queries.OfAsync(_offer.Id, Token)).Caption);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            _service.CaptionAsync(Bed.Nina, id, new string('x', 201), Token)
        );
        Assert.Equal(FieldErrorCode.TooLong, Assert.Single(refused.Errors).Code);
    }

    [Fact]
    public async Task MoreThanSixty_AreRefused_AlsoByBringingOneBack()
    {
        var first = await AddAsync(_offer.Id);
        await _service.RemoveAsync(Bed.Nina, first, Token);
        await Bed.ReadAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO development_photos (id, development_id, picture_id, thumbnail_id, width, height, place)
                SELECT gen_random_uuid(), development_id, picture_id, thumbnail_id, 1, 1, n
                FROM development_photos, generate_series(1, 60) AS n
                """
            )
        );

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => AddAsync(_offer.Id));
        Assert.Equal(FieldErrorCode.TooMany, Assert.Single(refused.Errors).Code);
        await Assert.ThrowsAsync<InvalidInputException>(() => _service.RestoreAsync(Bed.Nina, first, Token));
    }

    [Fact]
    public async Task WhatIsNoPicture_IsRefused()
    {
        var text = new HandedIn("a.jpg", "image/jpeg", 4, () => new MemoryStream("text"u8.ToArray()));

        Assert.Equal(
            FileFault.WrongType,
            await _service.AddAsync(Bed.Nina, Guid.CreateVersion7(), _offer.Id, text, Token)
        );
        Assert.Empty(await IdsAsync());
    }

    [Fact]
    public async Task AgentsAndWhoeverOnlyLooks_ChangeNothing()
    {
        var id = await AddAsync(_offer.Id);

        foreach (var actor in new[] { Bed.Olena, Bed.Nina with { ViewerId = Bed.Ada.UserId } })
        {
            foreach (
                var act in new Func<Actor, Task>[]
                {
                    who => _service.AddAsync(who, Guid.CreateVersion7(), _offer.Id, Picture(), Token),
                    who => _service.ArrangeAsync(who, _offer.Id, [id], Token),
                    who => _service.CaptionAsync(who, id, "x", Token),
                    who => _service.RemoveAsync(who, id, Token),
                    who => _service.RestoreAsync(who, id, Token),
                }
            )
            {
                await Assert.ThrowsAsync<ForbiddenException>(() => act(actor));
            }
        }

        Assert.Null(Assert.Single(await _queries.OfAsync(_offer.Id, Token)).Caption);
    }

    [Fact]
    public async Task OfAnArchivedProperty_AreSeenAsItsPageIs()
    {
        var id = await AddAsync(_offer.Id);
        await Bed.Get<DevelopmentService>().ArchiveAsync(Bed.Nina, _offer.Id, Token);

        Assert.Equal(1000, await WidthAsync(id, isSmall: false));
    }

    [Fact]
    public async Task EveryChange_IsInTheAudit()
    {
        var id = await AddAsync(_offer.Id);
        await _service.CaptionAsync(Bed.Nina, id, "Фасад", Token);
        await _service.RemoveAsync(Bed.Nina, id, Token);

        var acts = await Bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.Kind == SecurityEventKind.CatalogueChanged).ToListAsync(Token)
        );
        Assert.Equal(
            ["property added", "photo added", "photo captioned", "photo removed"],
            acts.OrderBy(entry => entry.Id).Select(entry => entry.Details["act"])
        );
    }

    private async Task<Guid> AddAsync(Guid developmentId, int width = 1000)
    {
        var id = Guid.CreateVersion7();
        Assert.Null(await _service.AddAsync(Bed.Nina, id, developmentId, Picture(width), Token));
        return id;
    }

    private async Task<IEnumerable<Guid>> IdsAsync() =>
        (await _queries.OfAsync(_offer.Id, Token)).Select(photo => photo.Id);

    private async Task<int> WidthAsync(Guid id, bool isSmall)
    {
        var photo = await _queries.OpenAsync(id, isSmall, Token);
        await using var content = photo.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Token);
        using var image = Image.NewFromBuffer(copy.ToArray());
        return image.Width;
    }

    private static HandedIn Picture(int width = 1000)
    {
        using var image = Image.Black(width, 500, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var jpeg = image.JpegsaveBuffer();
        return new HandedIn("a.jpg", "image/jpeg", jpeg.Length, () => new MemoryStream(jpeg));
    }
}
