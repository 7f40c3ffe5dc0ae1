using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

public sealed class LegacyCatalogueTests : IAsyncLifetime
{
    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await LegacyBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Project_ComesWithItsUnits()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, location_district, price_from, price_to,
                description, payment_type, created_by)
            VALUES (5, 'Marina Vista', 'дубай', 'Дубай', 'Марина', 250000, 900000.50, E'Рядок\nдругий', '60/40', 1);
            INSERT INTO property_unit (id, property_id, unit_type, size_from, size_to, price_per_unit) VALUES
                (1, 5, 'studio', 32.5, NULL, 250000), (2, 5, '3', 120, 140.25, 800000);
            """
        );

        await _bed.MoveAsync();

        var project = await ProjectAsync(5);
        Assert.Equal(
            ("Marina Vista", "Дубай", "Дубай", "Марина"),
            (project.Name, project.Country, project.City, project.District)
        );
        Assert.Equal((250_000m, 900_000.5m), (project.PriceFrom, project.PriceTo));
        Assert.Equal(("Рядок\nдругий", "60/40"), (project.Description, project.PaymentTerms));
        Assert.Equal(await _bed.NewAsync(LegacyKind.User, 1), project.AuthorId);
        Assert.Equal(new DateTimeOffset(2025, 10, 20, 9, 0, 0, TimeSpan.Zero), project.CreatedAt);
        Assert.Equal(new DateTimeOffset(2025, 10, 21, 9, 0, 0, TimeSpan.Zero), project.UpdatedAt);
        Assert.Equal(
            [
                (UnitType.Studio, 32.5m, (decimal?)null, 250_000m, 0, true),
                (UnitType.ThreeRooms, 120m, 140.25m, 800_000m, 1, true),
            ],
            project
                .Units.OrderBy(unit => unit.Place)
                .Select(unit => (unit.Type, unit.SizeFrom, unit.SizeTo, unit.Price, unit.Place, unit.IsAvailable))
        );
        var found = await _bed.Hub.Get<CatalogueQueries>().DetailsAsync(project.Number, Token);
        Assert.Equal(2, found.Values.Units.Count);
    }

    [Fact]
    public async Task DirtyProjectsAndUnits_AreRepairedOrListed()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, price_from, price_to, created_by, created_at, updated_at)
            VALUES (1, 'Занзибар', 'Занзибар', 'Стоунтаун', 500000, 200000, 99, NULL, NULL),
                (2, 'Дарма', 'Балі', 'Убуд', 0, 0, 1, now(), now());
            INSERT INTO property_unit (id, property_id, unit_type, size_from, size_to, price_per_unit) VALUES
                (1, 1, 'penthouse', 32.5, NULL, 250000), (2, 77, '1', 40, NULL, 100000), (3, 1, '1', 50, 40, 0);
            """
        );

        var report = await _bed.MoveAsync();

        var (zanzibar, free) = (await ProjectAsync(1), await ProjectAsync(2));
        Assert.Equal(("Занзибар", 200_000m, 500_000m), (zanzibar.Country, zanzibar.PriceFrom, zanzibar.PriceTo));
        Assert.Null(zanzibar.AuthorId);
        Assert.Equal((0m, (decimal?)null), (free.PriceFrom, free.PriceTo));
        var unit = Assert.Single(zanzibar.Units);
        Assert.Equal((40m, 50m, 0m), (unit.SizeFrom, unit.SizeTo, unit.Price));
        Assert.Equal([1L], report.Of("country-unknown", "property"));
        Assert.Equal([1L], report.Of("range-reversed", "property"));
        Assert.Equal([2L], report.Of("price-unlikely", "property"));
        Assert.Equal([1L], report.Of("author-unknown", "property"));
        Assert.Equal([1L], report.Of("unit-type-unknown", "property_unit"));
        Assert.Equal([2L], report.Of("unit-without-property", "property_unit"));
        Assert.Equal([3L], report.Of("price-unlikely", "property_unit"));
    }

    [Fact]
    public async Task Files_ComeWithWhatWasSaidOfThem_AndTheirContentsAreLookedForByTail()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, price_from, created_by) VALUES (1, 'А', 'Балі', 'Убуд', 1000, 1);
            INSERT INTO property_photo (id, property_id, filename, file_path, file_size, file_type, is_main) VALUES
                (1, 1, 'Вид.jpg', 'https://bucket.example.com/properties/1_17_%D0%92%D0%B8%D0%B4.jpg?v=1', 2048, 'image/jpeg', true),
                (2, 9, 'b.jpg', '/static/uploads/properties/1_18_b.jpg', NULL, NULL, NULL);
            INSERT INTO user_document (id, user_id, filename, file_path, file_type, uploaded_by, description) VALUES
                (1, 2, 'Договір.pdf', 'user_documents/2/abc.pdf', 'application/pdf', 1, 'Підписано'),
                (2, 2, 'evil', '../../outside.pdf', NULL, NULL, NULL);
            """
        );
        var folder = Directory.CreateTempSubdirectory("legacy-files");
        var outside = Path.Combine(folder.Parent!.FullName, "outside.pdf");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "properties"));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "user_documents", "2"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "properties", "1_17_Вид.jpg"), "picture", Token);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "user_documents", "2", "abc.pdf"),
                "paper",
                Token
            );

            var report = await _bed.MoveAsync(files: folder.FullName);

            var files = await _bed.ReadAsync(db =>
                db.LegacyFiles.OrderBy(file => file.Kind).ThenBy(file => file.OldId).ToListAsync(Token)
            );
            Assert.Equal(
                [null, LegacyFileProblem.Missing, null, LegacyFileProblem.Missing],
                files.Select(file => file.Problem)
            );
            await using (var content = await _bed.Store.OpenAsync(files[0].StoredFileId!.Value, Token))
            using (var reader = new StreamReader(content))
            {
                Assert.Equal("picture", await reader.ReadToEndAsync(Token));
            }

            Assert.NotNull(files[2].StoredFileId);
            Assert.Equal(("Вид.jpg", 2048L, true), (files[0].Name, files[0].Size, files[0].IsMain));
            Assert.Equal(await _bed.NewAsync(LegacyKind.Property, 1), files[0].OwnerId);
            Assert.Null(files[1].OwnerId);
            Assert.Equal(
                ("Договір.pdf", "application/pdf", "Підписано"),
                (files[2].Name, files[2].MimeType, files[2].Description)
            );
            Assert.Equal(
                (await _bed.NewAsync(LegacyKind.User, 2), await _bed.NewAsync(LegacyKind.User, 1)),
                (files[2].OwnerId, files[2].UploadedById)
            );
            Assert.Equal([2L], report.Of("file-without-owner", "property_photo"));
            Assert.Equal([2L], report.Of("file-missing", "property_photo"));
            Assert.Equal([2L], report.Of("file-missing", "user_document"));

            // What was not there the first time is taken when it is.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "properties", "1_18_b.jpg"), "late", Token);
            Assert.Equal([2L], (await _bed.MoveAsync(files: folder.FullName)).Of("file-missing", "user_document"));
            Assert.Equal(
                3,
                await _bed.ReadAsync(db => db.LegacyFiles.CountAsync(file => file.StoredFileId != null, Token))
            );
        }
        finally
        {
            folder.Delete(recursive: true);
            File.Delete(outside);
        }
    }

    private async Task<Development> ProjectAsync(long oldId)
    {
        var id = await _bed.NewAsync(LegacyKind.Property, oldId);
        return await _bed.ReadAsync(db =>
            db.Developments.Include(row => row.Units).SingleAsync(row => row.Id == id, Token)
        );
    }
}
