using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Files;

/// <summary>Contents come out as they went in, from a folder and from a bucket alike, and nothing else ever comes out.</summary>
public sealed class FileStoreTests
{
    private const int Piece = Sealing.PieceLength;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool, int> Lengths
    {
        get
        {
            var data = new TheoryData<bool, int>();
            foreach (var length in new[] { 8, 1000, Piece - 1, Piece, Piece + 1, (3 * Piece) + 77 })
            {
                data.Add(false, length);
                data.Add(true, length);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Content_ComesOutAsItWentIn_AndLiesThereUnreadable(bool inBucket, int length)
    {
        await using var bed = await FileBed.CreateAsync(inBucket, Token);
        var content = FileBed.Content(length);

        var file = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;

        Assert.Equal((FileType.Pdf, length), (file.Type, file.Size));
        Assert.Equal(content, await ReadAsync(bed, file.Id));
        var stored = await bed.ObjectAsync(Assert.Single(await bed.NamesAsync()));
        Assert.Equal(-1, stored.AsSpan().IndexOf("%PDF-"u8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnyPlace_IsReadWithoutWhatStandsBefore(bool inBucket)
    {
        await using var bed = await FileBed.CreateAsync(inBucket, Token);
        var content = FileBed.Content((2 * Piece) + 500);
        var file = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;
        await using var stream = await bed.Store.OpenAsync(file.Id, Token);

        await Gen.Int[0, content.Length - 1]
            .Select(Gen.Int[1, 2000])
            .SampleAsync(
                async (from, count) =>
                {
                    stream.Seek(from, SeekOrigin.Begin);
                    var read = new byte[count];
                    var length = await stream.ReadAtLeastAsync(read, count, throwOnEndOfStream: false, Token);
                    Assert.Equal(content.AsSpan(from).ToArray().Take(count), read.Take(length));
                },
                iter: 60,
                threads: 1
            );
    }

    [Fact]
    public async Task EqualContents_AreStoredOnce_WhateverTheyAreCalled()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        var content = FileBed.Content(5000);

        var first = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;
        var many = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number => bed.Store.SaveAsync(FileBed.Pdf(content, $"{number}.pdf"), FileRule.Documents, Token))
        );
        var other = await bed.Store.SaveAsync(FileBed.Pdf(FileBed.Content(5000, 2)), FileRule.Documents, Token);

        Assert.All(many, each => Assert.Equal(first.Id, each.File!.Id));
        Assert.NotEqual(first.Id, other.File!.Id);
        Assert.Equal((2, 2), (await bed.RowsAsync(), (await bed.NamesAsync()).Count));
    }

    [Fact]
    public async Task EqualContents_AtOnce_AreStoredOnce()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        var content = FileBed.Content(200_000);

        var many = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token))
        );

        var id = Assert.Single(many.Select(each => each.File!.Id).Distinct());
        Assert.Equal(FileStore.NameOf(id), Assert.Single(await bed.NamesAsync()));
        Assert.Equal(content, await ReadAsync(bed, id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LostObject_IsThereAgain_OnceItsContentIsHandedInAgain(bool inBucket)
    {
        await using var bed = await FileBed.CreateAsync(inBucket, Token);
        var content = FileBed.Content(3000);
        var file = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;
        await bed.Vault.RemoveAsync(FileStore.NameOf(file.Id), Token);
        await Assert.ThrowsAsync<FileUnreadableException>(() => bed.Store.OpenAsync(file.Id, Token));

        var again = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;

        Assert.Equal(file.Id, again.Id);
        Assert.Equal(content, await ReadAsync(bed, file.Id));
        Assert.Single(await bed.NamesAsync());
    }

    [Theory]
    [InlineData("changed at the start")]
    [InlineData("changed at the end")]
    [InlineData("cut at a piece")]
    [InlineData("pieces exchanged")]
    [InlineData("another's")]
    [InlineData("gone")]
    public async Task Object_ThatSomebodyMeddledWith_IsNeverGivenOut(string how)
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        var content = FileBed.Content((2 * Piece) + 10);
        var file = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;
        var other = (
            await bed.Store.SaveAsync(FileBed.Pdf(FileBed.Content((2 * Piece) + 10, 2)), FileRule.Documents, Token)
        ).File!;
        var name = FileStore.NameOf(file.Id);
        var bytes = await bed.ObjectAsync(name);
        const int Wrapped = Piece + Sealing.TagLength;
        await (
            how switch
            {
                "changed at the start" => bed.PutAsync(name, [(byte)(bytes[0] ^ 1), .. bytes[1..]]),
                "changed at the end" => bed.PutAsync(name, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]),
                "cut at a piece" => bed.PutAsync(name, bytes[..(2 * Wrapped)]),
                "pieces exchanged" => bed.PutAsync(
                    name,
                    [.. bytes[Wrapped..(2 * Wrapped)], .. bytes[..Wrapped], .. bytes[(2 * Wrapped)..]]
                ),
                "another's" => bed.PutAsync(name, await bed.ObjectAsync(FileStore.NameOf(other.Id))),
                _ => bed.Vault.RemoveAsync(name, Token),
            }
        );

        var fault = await Record.ExceptionAsync(() => ReadAsync(bed, file.Id));

        Assert.True(
            fault is FileUnreadableException or System.Security.Cryptography.CryptographicException,
            fault?.ToString() ?? "It was given out."
        );
    }

    [Fact]
    public async Task WhatIsNotTaken_IsSaid_AndLeavesNothing()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        var small = new FileRule(100, [FileType.Pdf]);

        Assert.Equal(FileFault.Empty, await FaultAsync(FileBed.Pdf([]), FileRule.Documents));
        Assert.Equal(FileFault.TooLarge, await FaultAsync(FileBed.Pdf(FileBed.Content(101)), small));
        // The browser's word for the size is not believed.
        var liar = new HandedIn("a.pdf", null, 50, () => new MemoryStream(FileBed.Content(500_000)));
        Assert.Equal(FileFault.TooLarge, await FaultAsync(liar, small));
        Assert.Equal(FileFault.WrongType, await FaultAsync(FileBed.Pdf("<html>"u8.ToArray()), FileRule.Documents));
        Assert.Equal(FileFault.WrongType, await FaultAsync(FileBed.Pdf(AttachmentFiles.Png, "a.png"), small));
        Assert.Equal(
            FileFault.WrongType,
            await FaultAsync(FileBed.Pdf(AttachmentFiles.Docx("word/vbaProject.bin"), "a.docx"), FileRule.Documents)
        );
        Assert.Null(await FaultAsync(FileBed.Pdf(AttachmentFiles.Docx(), "a.docx"), FileRule.Documents));

        Assert.Equal((1, 1), (await bed.RowsAsync(), (await bed.NamesAsync()).Count));

        async Task<FileFault?> FaultAsync(HandedIn file, FileRule rule) =>
            (await bed.Store.SaveAsync(file, rule, Token)).Fault;
    }

    [Fact]
    public async Task MovedInFile_OfAnUnknownKind_IsKeptForSavingAlone()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);

        var saved = await bed.Store.SaveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes("<html>")),
            "old.doc",
            FileRule.MovedIn,
            Token
        );

        Assert.Equal((FileType.Other, "application/octet-stream"), (saved.File!.Type, saved.File.Type.MediaType()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatNothingRefersTo_IsSwept_AfterADay_RowAndObject(bool inBucket)
    {
        await using var bed = await FileBed.CreateAsync(inBucket, Token);
        var content = FileBed.Content(3000);
        for (var number = 0; number < 5; number++)
        {
            await bed.Store.SaveAsync(FileBed.Pdf(FileBed.Content(100, number)), FileRule.Documents, Token);
        }

        bed.Hub.Time.Advance(FileSweep.KeptFor - TimeSpan.FromMinutes(1));
        var young = (await bed.Store.SaveAsync(FileBed.Pdf(content), FileRule.Documents, Token)).File!;
        Assert.Equal(5 + 1, await bed.RowsAsync());

        bed.Hub.Time.Advance(TimeSpan.FromMinutes(2));
        // One that is handed in again just before its end stays.
        await bed.Store.SaveAsync(FileBed.Pdf(FileBed.Content(100, 3)), FileRule.Documents, Token);
        await bed.Sweep.RunAsync(Token);

        Assert.Equal(2, await bed.RowsAsync());
        Assert.Equal(content, await ReadAsync(bed, young.Id));
    }

    private static async Task<byte[]> ReadAsync(FileBed bed, Guid id)
    {
        await using var stream = await bed.Store.OpenAsync(id, Token);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
