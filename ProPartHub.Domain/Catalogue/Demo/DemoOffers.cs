using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;

namespace ProPartHub.Domain.Catalogue.Demo;

/// <summary>Drawn photos, payment plans and a few changed prices for the made-up developments of <see cref="DemoCatalogue"/>.</summary>
public sealed class DemoOffers(HubDatabase database, FileStore store, PictureWorkshop workshop, TimeProvider time)
{
    /// <summary>Stages of payment of a development, by its place; none for most.</summary>
    internal static IReadOnlyList<PaymentStage> PlanOf(int place) =>
        place switch
        {
            0 =>
            [
                new() { Label = "Бронювання", Percent = 20 },
                new()
                {
                    Label = "Під час будівництва",
                    Percent = 40,
                    Due = PaymentDue.MonthsAfterBooking,
                    Months = 12,
                },
                new()
                {
                    Label = "Після ключів",
                    Percent = 40,
                    Due = PaymentDue.MonthsAfterHandover,
                    Months = 24,
                },
            ],
            5 =>
            [
                new() { Label = "Бронювання", Amount = 3_000 },
                new()
                {
                    Label = "Договір",
                    Percent = 25,
                    Due = PaymentDue.Contract,
                },
                new()
                {
                    Label = "Ключі",
                    Percent = 75,
                    Due = PaymentDue.Handover,
                },
            ],
            7 =>
            [
                new() { Label = "Бронювання", Percent = 10 },
                new()
                {
                    Label = "До здачі",
                    Percent = 50,
                    Due = PaymentDue.Day,
                    Day = new DateOnly(2027, 6, 30),
                },
                new()
                {
                    Label = "Після здачі",
                    Percent = 40,
                    Due = PaymentDue.MonthsAfterHandover,
                    Months = 12,
                },
            ],
            9 =>
            [
                new() { Percent = 20 },
                new() { Percent = 60, Due = PaymentDue.Contract },
                new() { Percent = 20, Due = PaymentDue.Handover },
            ],
            _ => [],
        };

    /// <summary>Adds photos and changes of prices to developments that have none; photos only where there is a place for files.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await AddPricesAsync(cancellationToken);
        if (!store.IsReady)
        {
            return;
        }

        var bare = await BareAsync(cancellationToken);
        if (bare.Count == 0)
        {
            return;
        }

        var (room, sea) = (await MakeAsync(DemoPictures.Room()), await MakeAsync(DemoPictures.Sea()));
        foreach (var place in bare)
        {
            var photos = new[]
            {
                (await MakeAsync(DemoPictures.Facade(place)), "Фасад"),
                (room, "Вітальня"),
                (sea, "Вид з балкона"),
            };
            await database.InTransactionAsync(
                async (db, token) =>
                {
                    // Another instance may have been faster.
                    if (
                        !await db.DevelopmentPhotos.AnyAsync(row => row.DevelopmentId == DemoCatalogue.Id(place), token)
                    )
                    {
                        db.DevelopmentPhotos.AddRange(
                            photos.Index().Select(photo => Photo(place, photo.Index, photo.Item))
                        );
                    }
                },
                cancellationToken
            );
        }

        Task<PictureMade> MakeAsync(byte[] jpeg) =>
            workshop.MakeAsync(
                new HandedIn("demo.jpg", "image/jpeg", jpeg.Length, () => new MemoryStream(jpeg)),
                cancellationToken
            );
    }

    private static DevelopmentPhoto Photo(int place, int index, (PictureMade Made, string Caption) photo) =>
        new()
        {
            DevelopmentId = DemoCatalogue.Id(place),
            PictureId = photo.Made.Picture!.Id,
            ThumbnailId = photo.Made.Thumbnail!.Id,
            Width = photo.Made.Width,
            Height = photo.Made.Height,
            Place = index,
            Caption = photo.Caption,
        };

    private async Task<List<int>> BareAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var bare = await db
            .Developments.Where(row => !row.Photos.Any())
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        return [.. Enumerable.Range(0, DemoCatalogue.Count).Where(place => bare.Contains(DemoCatalogue.Id(place)))];
    }

    private Task AddPricesAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var (id, now) = (DemoCatalogue.Id(0), time.GetUtcNow());
                var units = await db
                    .Units.Where(row => row.DevelopmentId == id)
                    .OrderBy(row => row.Place)
                    .ToListAsync(token);
                if (units.Count < 3 || await db.PriceChanges.AnyAsync(row => row.DevelopmentId == id, token))
                {
                    return;
                }

                db.PriceChanges.AddRange(
                    Change(units[0], 262_000, 270_000, 84),
                    Change(units[0], 270_000, units[0].Price, 30),
                    Change(units[1], 425_000, 398_000, 61),
                    Change(units[1], 398_000, units[1].Price, 12)
                );

                PriceChange Change(Unit unit, decimal before, decimal after, int days) =>
                    new()
                    {
                        DevelopmentId = id,
                        UnitId = unit.Id,
                        UnitType = unit.Type,
                        SizeFrom = unit.SizeFrom,
                        Before = before,
                        After = after,
                        WasAvailable = true,
                        IsAvailable = true,
                        ChangedAt = now.AddDays(-days),
                    };
            },
            cancellationToken
        );
}
