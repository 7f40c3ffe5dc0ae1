using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Timeline;

/// <summary>Files for comments, and shortcuts to upload them.</summary>
internal static class AttachmentFiles
{
    /// <summary>A picture of one pixel that browsers show.</summary>
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        );

    /// <summary>A letter as Word stores it, with further parts in the archive if any are named.</summary>
    public static byte[] Docx(params string[] further) => Zip(["[Content_Types].xml", "word/document.xml", .. further]);

    /// <summary>An archive with parts of these names.</summary>
    public static byte[] Zip(params string[] parts)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(part).Open());
                writer.Write("<x/>");
            }
        }

        return content.ToArray();
    }

    /// <summary>The beginning of an OpenDocument archive, which says what it is.</summary>
    public static byte[] OpenDocument(string mediaType)
    {
        var mark = Encoding.ASCII.GetBytes(mediaType);
        return [.. "PK"u8, 3, 4, .. new byte[18], (byte)mark.Length, 0, 0, 0, 8, 0, 0, 0, .. "mimetype"u8, .. mark];
    }

    public static HandedIn File(string name, byte[] content) =>
        new(name, null, content.Length, () => new MemoryStream(content));

    /// <summary>Has the bed's portal take files, or none.</summary>
    public static void TakeFiles(this HubBed bed, DirectoryInfo? folder)
    {
        bed.Get<IOptions<HubFileOptions>>().Value.Folder = folder?.FullName;
    }

    /// <summary>Uploads a picture, which must be taken.</summary>
    public static async Task<Guid> UploadAsync(this HubBed bed, Actor actor, Guid leadId, string name = "фасад.png")
    {
        var id = Guid.CreateVersion7();
        var fault = await bed.Get<AttachmentService>()
            .UploadAsync(actor, id, leadId, File(name, Png), CancellationToken.None);
        return fault is null ? id : throw new InvalidOperationException($"{name} was not taken: {fault}");
    }

    /// <summary>Adds the row of a file without a file.</summary>
    public static async Task<Guid> AttachmentAsync(this HubBed bed, Actor actor, Guid leadId, Guid commentId)
    {
        var id = Guid.CreateVersion7();
        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                    Task.FromResult(
                        db.CommentAttachments.Add(
                            new CommentAttachment
                            {
                                Id = id,
                                LeadId = leadId,
                                CommentId = commentId,
                                UploadedById = actor.UserId,
                                Name = "таємно.pdf",
                                Type = FileType.Pdf,
                                UploadedAt = bed.Time.GetUtcNow(),
                            }
                        )
                    ),
                CancellationToken.None
            );
        return id;
    }
}
