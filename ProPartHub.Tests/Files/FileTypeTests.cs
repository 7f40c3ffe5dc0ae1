using ProPartHub.Domain.Files;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Files;

/// <summary>Pictures, PDF and office documents without macros are told by content and name together.</summary>
public sealed class FileTypeTests
{
    public static TheoryData<string, byte[], bool> Files =>
        new()
        {
            { "фасад.png", AttachmentFiles.Png, true },
            { "plan.pdf", "%PDF-1.7"u8.ToArray(), true },
            { "a.gif", "GIF89a"u8.ToArray(), true },
            { "a.webp", "RIFF....WEBPVP8 "u8.ToArray(), true },
            { "договір.docx", AttachmentFiles.Docx(), true },
            { "ціни.xlsx", AttachmentFiles.Zip("[Content_Types].xml", "xl/workbook.xml"), true },
            { "a.pptx", AttachmentFiles.Zip("[Content_Types].xml", "ppt/presentation.xml"), true },
            { "a.odt", AttachmentFiles.OpenDocument("application/vnd.oasis.opendocument.text"), true },
            { "a.ods", AttachmentFiles.OpenDocument("application/vnd.oasis.opendocument.spreadsheet"), true },
            { "a.odt", AttachmentFiles.OpenDocument("application/vnd.oasis.opendocument.text-template"), false },
            { "macros.docx", AttachmentFiles.Docx("word/vbaProject.bin"), false },
            { "archive.docx", AttachmentFiles.Zip("word/document.xml"), false },
            { "archive.zip", AttachmentFiles.Zip("a.txt"), false },
            { "broken.docx", "PK\u0003\u0004 and no archive"u8.ToArray(), false },
            { "picture.jpg", AttachmentFiles.Png, false },
            { "page.png", "<html><script>alert(1)</script>"u8.ToArray(), false },
            { "picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), false },
            { "png", AttachmentFiles.Png, false },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Content_AndName_MustSayTheSame(string name, byte[] content, bool isTaken)
    {
        var type = await FileTypes.OfAsync(name, new MemoryStream(content), TestContext.Current.CancellationToken);

        Assert.Equal(isTaken, type is not null);
        Assert.Equal(isTaken && name[^4..] is ".png" or ".gif" or "webp", type?.IsPicture() is true);
    }
}
