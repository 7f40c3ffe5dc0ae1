using Microsoft.EntityFrameworkCore;
using NetVips;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>Files of the former portal come to stand where people look for them here.</summary>
public sealed class LegacyFilesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("legacy-files");
    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await LegacyBed.CreateAsync();
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, price_from, created_by) VALUES (1, 'А', 'Балі', 'Убуд', 1000, 1);
            INSERT INTO property_unit (id, property_id, unit_type, size_from, price_per_unit) VALUES (1, 1, 'studio', 30, 1000);
            """
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Photos_HangInTheirOrder_TheMainOneFirst()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property_photo (id, property_id, filename, file_path, is_main) VALUES
                (1, 1, 'a.jpg', '/static/uploads/properties/a.jpg', false),
                (2, 1, 'jpg', 'https://bucket.example.com/properties/%D0%92%D0%B8%D0%B4.jpg?v=1', true),
                (3, 9, 'c.jpg', 'properties/c.jpg', false);
            INSERT INTO unit_photo (id, unit_id, filename, file_path) VALUES (1, 1, 'u.jpg', 'units/u.jpg');
            """
        );
        Put("properties/a.jpg", Jpeg(40));
        Put("properties/Вид.jpg", Jpeg(50));
        Put("properties/c.jpg", Jpeg(60));
        Put("units/u.jpg", Jpeg(70));

        var report = await MoveAsync();

        var photos = await PhotosAsync();
        Assert.Equal(
            [(50, 0, null), (40, 1, null), (70, 2, "Студія")],
            photos.Select(photo => (photo.Width, photo.Place, photo.Caption))
        );
        Assert.Equal(await _bed.NewAsync(LegacyKind.PropertyPhoto, 2), photos[0].Id);
        await using (var content = await _bed.Store.OpenAsync(photos[0].ThumbnailId, Token))
        {
            Assert.True(content.Length > 0);
        }

        // Nobody's is kept with its content.
        var left = Assert.Single(await LeftAsync());
        Assert.Equal((3L, (LegacyFileProblem?)null), (left.OldId, left.Problem));
        Assert.NotNull(left.StoredFileId);
        Assert.Equal([3L], report.Of("file-without-owner", "property_photo"));

        await MoveAsync();
        Assert.Equal(photos.Select(photo => photo.Id), (await PhotosAsync()).Select(photo => photo.Id));
    }

    [Fact]
    public async Task Documents_ComeWithAuthorAndTime_AlsoOfKindsThatNobodyMayUpload()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO user_document (id, user_id, filename, file_path, uploaded_by, description) VALUES
                (1, 2, 'Договір.pdf', 'user_documents/2/abc.pdf', 1, 'Підписано'), (2, 2, 'old.doc', 'user_documents/2/old.doc', 2, NULL);
            INSERT INTO property_document (id, property_id, filename, file_path) VALUES (1, 1, 'plan.txt', 'properties/plan.txt');
            """
        );
        Put("user_documents/2/abc.pdf", "%PDF-1.7 paper"u8.ToArray());
        Put("user_documents/2/old.doc", "old words"u8.ToArray());
        Put("properties/plan.txt", "plan"u8.ToArray());

        await MoveAsync();

        var (chief, ivan) = (await _bed.NewAsync(LegacyKind.User, 1), await _bed.NewAsync(LegacyKind.User, 2));
        var signed = await DocumentAsync(LegacyKind.UserDocument, 1);
        Assert.Equal(("Підписано", chief), (signed.Title, signed.AuthorId));
        Assert.Equal(new DocumentOwner(DocumentOwnerKind.Person, ivan), signed.Owner);
        var version = Assert.Single(signed.Versions);
        Assert.Equal(("Договір.pdf", 1, chief), (version.Name, version.Number, version.UploadedById));
        Assert.Equal(new DateTimeOffset(2025, 10, 20, 9, 5, 0, TimeSpan.Zero), version.UploadedAt);
        Assert.Equal((FileType.Pdf, "%PDF-1.7 paper"), (version.StoredFile.Type, await TextAsync(version)));
        var old = await DocumentAsync(LegacyKind.UserDocument, 2);
        Assert.Equal(("old", FileType.Other), (old.Title, old.Versions[0].StoredFile.Type));
        Assert.Equal("old words", await TextAsync(old.Versions[0]));
        var plan = await DocumentAsync(LegacyKind.PropertyDocument, 1);
        Assert.Equal(
            new DocumentOwner(DocumentOwnerKind.Property, await _bed.NewAsync(LegacyKind.Property, 1)),
            plan.Owner
        );
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task RenamedAndRemovedHere_StaySo()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO user_document (id, user_id, filename, file_path) VALUES (1, 2, 'a.pdf', 'a.pdf'), (2, 2, 'b.pdf', 'b.pdf');
            """
        );
        Put("a.pdf", "%PDF-1.7 a"u8.ToArray());
        Put("b.pdf", "%PDF-1.7 b"u8.ToArray());
        await MoveAsync();
        var (first, second) = (
            await _bed.NewAsync(LegacyKind.UserDocument, 1),
            await _bed.NewAsync(LegacyKind.UserDocument, 2)
        );
        await ChangeAsync(db =>
            db.Documents.Where(row => row.Id == first)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.Title, "Інакше"), Token)
        );
        await ChangeAsync(db => db.Documents.Where(row => row.Id == second).ExecuteDeleteAsync(Token));
        // Also when the row there is another than the one that was brought.
        await _bed.Portal.RunAsync("UPDATE user_document SET description = 'Нове'");

        await MoveAsync();

        var left = Assert.Single(await _bed.ReadAsync(db => db.Documents.ToListAsync(Token)));
        Assert.Equal((first, "Інакше"), (left.Id, left.Title));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task WhatCannotBeTaken_StaysAndIsListed_UntilALaterRunFindsIt()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO user_document (id, user_id, filename, file_path) VALUES
                (1, 2, 'late.pdf', 'late.pdf'), (2, 2, 'evil.pdf', '../../evil.pdf'), (3, 2, 'empty.pdf', 'empty.pdf');
            """
        );
        Put("empty.pdf", []);
        await _bed.MoveAsync();
        Assert.Equal(3, (await LeftAsync()).Count);

        var report = await MoveAsync();
        Assert.Equal([1L, 2L], report.Of("file-missing", "user_document"));
        Assert.Equal([3L], report.Of("file-refused", "user_document"));
        Assert.Equal(
            [LegacyFileProblem.Missing, LegacyFileProblem.Missing, LegacyFileProblem.Empty],
            (await LeftAsync()).Select(file => file.Problem)
        );

        Put("late.pdf", "%PDF-1.7 late"u8.ToArray());
        Assert.Equal([2L], (await MoveAsync()).Of("file-missing", "user_document"));
        Assert.Equal("late", (await DocumentAsync(LegacyKind.UserDocument, 1)).Title);
        Assert.Equal([2L, 3L], (await LeftAsync()).Select(file => file.OldId));
    }

    [Fact]
    public async Task PictureThatCannotBeDrawn_IsKeptAsADocument()
    {
        await _bed.Portal.RunAsync(
            "INSERT INTO property_photo (id, property_id, filename, file_path) VALUES (1, 1, 'bad.jpg', 'bad.jpg')"
        );
        Put("bad.jpg", "no picture"u8.ToArray());

        var report = await MoveAsync();

        Assert.Equal([1L], report.Of("picture-unreadable", "property_photo"));
        Assert.Empty(await PhotosAsync());
        var document = await DocumentAsync(LegacyKind.PropertyPhoto, 1);
        Assert.Equal("no picture", await TextAsync(document.Versions[0]));
        Assert.Empty((await MoveAsync()).Of("picture-unreadable", "property_photo"));
    }

    [Fact]
    public async Task MoreThanAnOwnerMayHave_AreListed()
    {
        await _bed.Portal.RunAsync(
            $"""
            INSERT INTO user_document (id, user_id, filename, file_path)
            SELECT id, 2, 'a.pdf', 'a.pdf' FROM generate_series(1, {Document.MostOfOwner + 1}) AS id
            """
        );
        Put("a.pdf", "%PDF-1.7 a"u8.ToArray());

        var report = await MoveAsync();

        Assert.Equal([Document.MostOfOwner + 1L], report.Of("file-too-many", "user_document"));
        Assert.Equal(LegacyFileProblem.TooMany, Assert.Single(await LeftAsync()).Problem);
        Assert.Equal(Document.MostOfOwner, await _bed.ReadAsync(db => db.Documents.CountAsync(Token)));
    }

    private Task<LegacyReport> MoveAsync() => _bed.MoveAsync(files: _folder.FullName);

    private void Put(string path, byte[] content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private static byte[] Jpeg(int width)
    {
        using var image = Image.Black(width, 30);
        return image.JpegsaveBuffer();
    }

    private Task ChangeAsync(Func<HubDbContext, Task> change) =>
        _bed.Hub.Get<HubDatabase>().InTransactionAsync((db, _) => change(db), Token);

    private Task<List<DevelopmentPhoto>> PhotosAsync() =>
        _bed.ReadAsync(db => db.DevelopmentPhotos.OrderBy(photo => photo.Place).ToListAsync(Token));

    private Task<List<LegacyFile>> LeftAsync() =>
        _bed.ReadAsync(db => db.LegacyFiles.OrderBy(file => file.Kind).ThenBy(file => file.OldId).ToListAsync(Token));

    private async Task<Document> DocumentAsync(LegacyKind kind, long oldId)
    {
        var id = await _bed.NewAsync(kind, oldId);
        return await _bed.ReadAsync(db =>
            db.Documents.Include(row => row.Versions)
                    .ThenInclude(row => row.StoredFile)
                .SingleAsync(row => row.Id == id, Token)
        );
    }

    private async Task<string> TextAsync(DocumentVersion version)
    {
        await using var content = await _bed.Store.OpenAsync(version.StoredFileId, Token);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(Token);
    }
}
