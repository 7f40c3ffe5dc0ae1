using Microsoft.Extensions.Logging;
using NetVips;

namespace ProPartHub.Domain.Files.Pictures;

/// <summary>A picture that was taken, or why it was not.</summary>
/// <param name="Picture">The picture as it is shown large; null where it was not taken.</param>
/// <param name="Thumbnail">The same, small.</param>
/// <param name="Width">Width of <paramref name="Picture"/>, in pixels.</param>
/// <param name="Height">Height of <paramref name="Picture"/>, in pixels.</param>
/// <param name="Fault">Why not; null where it was taken.</param>
public sealed record PictureMade(StoredFile? Picture, StoredFile? Thumbnail, int Width, int Height, FileFault? Fault);

/// <summary>
/// Draws uploaded pictures anew: upright, in sRGB, no larger than screens show, without a word of where and with what they
/// were taken. Nothing of the uploaded file itself is kept, so that nothing hidden in it reaches a browser.
/// </summary>
public sealed partial class PictureWorkshop(FileStore store, ILogger<PictureWorkshop> logger) : IDisposable
{
    /// <summary>Longest side of the picture, in pixels.</summary>
    public const int LongestSide = 2560;

    /// <summary>Longest side of the thumbnail, in pixels: a card of the catalogue on a screen of double density.</summary>
    public const int ThumbnailSide = 720;

    /// <summary>Most pixels of an upload: more than the cameras of today make, little enough to be read.</summary>
    public const long MostPixels = 120_000_000;

    private const int PictureQuality = 82;
    private const int ThumbnailQuality = 76;

    // A picture being drawn may take a few hundred megabytes.
    private readonly SemaphoreSlim _places = new(2);

    static PictureWorkshop()
    {
        // Loaders that were not made for files of strangers are never tried.
        NetVips.NetVips.BlockUntrusted = true;
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // What matters of its words comes as an exception, and is logged as every other line is.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, (_, _, _) => { });
    }

    /// <summary>Takes a picture and its thumbnail into the store.</summary>
    /// <param name="file">The upload, as <see cref="FileRule.Pictures"/> takes it.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public async Task<PictureMade> MakeAsync(HandedIn file, CancellationToken cancellationToken)
    {
        var rule = FileRule.Pictures;
        if (!store.IsReady || file.Size == 0 || file.Size > rule.LargestSize)
        {
            return Refused(
                !store.IsReady ? FileFault.NoStore
                : file.Size == 0 ? FileFault.Empty
                : FileFault.TooLarge
            );
        }

        await _places.WaitAsync(cancellationToken);
        try
        {
            var upload = new byte[file.Size];
            await using (var content = file.Content())
            {
                await content.ReadExactlyAsync(upload, cancellationToken);
            }

            return
                await FileTypes.OfAsync(file.Name, new MemoryStream(upload), cancellationToken) is { } type
                && rule.Types!.Contains(type)
                ? await DrawAsync(upload, cancellationToken)
                : Refused(FileFault.WrongType);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<PictureMade> DrawAsync(byte[] upload, CancellationToken cancellationToken)
    {
        (byte[] Content, int Width, int Height) picture;
        (byte[] Content, int Width, int Height) thumbnail;
        try
        {
            // The header alone is read here; a picture made to burst is refused before it is unpacked.
            using (var header = Image.NewFromBuffer(upload, access: Enums.Access.Sequential))
            {
                if ((long)header.Width * header.Height > MostPixels)
                {
                    return Refused(FileFault.BadPicture);
                }
            }

            picture = await Task.Run(() => Draw(upload, LongestSide, PictureQuality), cancellationToken);
            thumbnail = await Task.Run(() => Draw(upload, ThumbnailSide, ThumbnailQuality), cancellationToken);
        }
        catch (VipsException fault)
        {
            LogUnreadable(fault);
            return Refused(FileFault.BadPicture);
        }

        return new(
            await KeepAsync(picture.Content, cancellationToken),
            await KeepAsync(thumbnail.Content, cancellationToken),
            picture.Width,
            picture.Height,
            null
        );
    }

    private static (byte[] Content, int Width, int Height) Draw(byte[] upload, int side, int quality)
    {
        using var image = Image.ThumbnailBuffer(
            upload,
            side,
            height: side,
            size: Enums.Size.Down,
            outputProfile: "srgb",
            failOn: Enums.FailOn.Error
        );
        return (image.WebpsaveBuffer(q: quality, keep: Enums.ForeignKeep.None), image.Width, image.Height);
    }

    private async Task<StoredFile> KeepAsync(byte[] content, CancellationToken cancellationToken)
    {
        var saved = await store.SaveAsync(
            new MemoryStream(content, writable: false),
            "picture.webp",
            FileRule.Pictures,
            cancellationToken
        );
        return saved.File
            ?? throw new InvalidOperationException($"A picture that was drawn here was refused: {saved.Fault}.");
    }

    private static PictureMade Refused(FileFault fault) => new(null, null, 0, 0, fault);

    [LoggerMessage(LogLevel.Information, "An uploaded picture cannot be read")]
    private partial void LogUnreadable(Exception fault);
}
