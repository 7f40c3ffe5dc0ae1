using System.IO.Compression;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Refuses workbooks that unpack to absurd sizes. What an archive's directory says of sizes may be a lie, so each part is
/// unpacked, without being kept, up to the limit.
/// </summary>
internal static class ArchiveGuard
{
    /// <summary>Looks through the archive.</summary>
    /// <exception cref="UnreadableFileException">It is no workbook, damaged, or larger than allowed.</exception>
    public static void Check(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > ImportLimits.Parts)
            {
                throw new UnreadableFileException(FileTrouble.UnpacksTooLarge);
            }

            if (archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new UnreadableFileException(FileTrouble.WrongKind);
            }

            Unpack(archive);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or IOException)
        {
            throw new UnreadableFileException(FileTrouble.Damaged);
        }
    }

    private static void Unpack(ZipArchive archive)
    {
        var left = ImportLimits.Unpacked;
        var buffer = new byte[81_920];
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            while (part.Read(buffer) is > 0 and var read)
            {
                left -= read;
                if (left < 0)
                {
                    throw new UnreadableFileException(FileTrouble.UnpacksTooLarge);
                }
            }
        }
    }
}
