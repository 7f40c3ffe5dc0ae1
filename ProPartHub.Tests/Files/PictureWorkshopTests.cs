using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using Xunit;

namespace ProPartHub.Tests.Files;

/// <summary>Pictures are drawn anew: small enough, upright, and without a word of where they were taken.</summary>
public sealed class PictureWorkshopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Photo_IsUpright_Bounded_AndTellsNothingOfItsCamera()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        using var workshop = Workshop(bed);
        var photo = Photo(4000, 3000, orientation: 6);
        Assert.NotEqual(-1, photo.AsSpan().IndexOf("Secret camera"u8));

        var made = await workshop.MakeAsync(Jpeg(photo), Token);

        Assert.Null(made.Fault);
        // Turned: what was 4000 wide is 4000 high.
        Assert.Equal((1920, PictureWorkshop.LongestSide), (made.Width, made.Height));
        foreach (var (file, side) in new[] { (made.Picture!, 2560), (made.Thumbnail!, 720) })
        {
            var content = await ContentAsync(bed, file);
            using var image = Image.NewFromBuffer(content);
            Assert.Equal((FileType.Webp, side), (file.Type, image.Height));
            Assert.Equal(-1, content.AsSpan().IndexOf("Secret camera"u8));
            Assert.DoesNotContain("exif-data", image.GetFields());
        }
    }

    [Fact]
    public async Task SmallPicture_IsNotBlownUp()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        using var workshop = Workshop(bed);

        var made = await workshop.MakeAsync(Jpeg(Photo(300, 200, orientation: 1)), Token);

        Assert.Equal((300, 200), (made.Width, made.Height));
    }

    [Fact]
    public async Task WhatIsNoPicture_IsRefused_AndLeavesNothing()
    {
        await using var bed = await FileBed.CreateAsync(inBucket: false, Token);
        using var workshop = Workshop(bed);
        var photo = Photo(400, 300, orientation: 1);

        Assert.Equal(
            FileFault.WrongType,
            await FaultAsync("a.jpg", Encoding.UTF8.GetBytes("<svg onload='alert(1)'/>"))
        );
        Assert.Equal(FileFault.WrongType, await FaultAsync("a.png", photo));
        Assert.Equal(FileFault.WrongType, await FaultAsync("a.pdf", FileBed.Content(900)));
        Assert.Equal(FileFault.BadPicture, await FaultAsync("a.jpg", [.. photo[..200], .. new byte[200]]));
        Assert.Equal(FileFault.BadPicture, await FaultAsync("a.png", Huge()));
        Assert.Equal(FileFault.Empty, await FaultAsync("a.jpg", []));
        Assert.Equal(0, await bed.RowsAsync());

        async Task<FileFault?> FaultAsync(string name, byte[] content) =>
            (await workshop.MakeAsync(new(name, null, content.Length, () => new MemoryStream(content)), Token)).Fault;
    }

    private static PictureWorkshop Workshop(FileBed bed) => new(bed.Store, NullLogger<PictureWorkshop>.Instance);

    private static HandedIn Jpeg(byte[] content) =>
        new("фасад.jpg", null, content.Length, () => new MemoryStream(content));

    // With what a camera writes into it: how it was held, and who it is.
    private static byte[] Photo(int width, int height, int orientation)
    {
        using var noise = Image.Gaussnoise(width, height, sigma: 20, mean: 128);
        using var grey = noise.Cast(Enums.BandFormat.Uchar);
        using var tagged = grey.Mutate(picture =>
        {
            picture.Set(GValue.GIntType, "orientation", orientation);
            picture.Set(
                GValue.GStrType,
                "exif-ifd0-Make",
                "Secret camera (Secret camera, ASCII, 14 components, 14 bytes)"
            );
        });
        return tagged.JpegsaveBuffer(q: 80);
    }

    // The header of a picture of 50,000 by 50,000 pixels, which a few kilobytes can claim.
    private static byte[] Huge()
    {
        using var image = Image.Black(50_000, 50_000);
        return image.PngsaveBuffer(compression: 9);
    }

    private static async Task<byte[]> ContentAsync(FileBed bed, StoredFile file)
    {
        await using var stream = await bed.Store.OpenAsync(file.Id, Token);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
