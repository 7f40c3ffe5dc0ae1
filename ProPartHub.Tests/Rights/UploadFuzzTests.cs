using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Verification;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>
/// Hands in documents with hostile names, types and contents, written byte by byte, since a client's library would make them
/// harmless on the way; what is taken comes out again as a file.
/// </summary>
public sealed class UploadFuzzTests(FuzzHub hub) : IClassFixture<FuzzHub>
{
    private const string Page = "/account/verification";
    private const string Boundary = "boundary";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileDocuments_AreTakenOrRefused_AndComeOutAsFiles()
    {
        var verdict = new FuzzVerdict();
        var browser = await hub.AddAgentAsync();
        foreach (var text in HostileInput.Texts)
        {
            foreach (var (name, type, content) in Documents(text))
            {
                var page = await browser.OpenAsync(Page);
                using var answer = await browser.PostAsync(Page, Body(page, name, type, content), Token);
                await verdict.TakeAsync(
                    $"{name[..Math.Min(9, name.Length)]} {type[..Math.Min(9, type.Length)]}",
                    text,
                    answer
                );

                page = await browser.OpenAsync(Page);
                if (page.QuerySelector(".requests a") is { } document)
                {
                    using var file = await browser.GetAsync(document.GetAttribute("href"), Token);
                    await verdict.TakeAsync("the file", text, file);
                    Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
                    Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
                    Assert.Equal(content, await file.Content.ReadAsByteArrayAsync(Token));
                    browser.Dispose();
                    browser = await hub.AddAgentAsync();
                }
            }
        }

        browser.Dispose();
        verdict.Judge();
    }

    [Theory]
    [InlineData("")]
    [InlineData("--boundary")]
    [InlineData("--boundary\r\nContent-Disposition: form-data; name=\"Documents\"; filename=\"a.pdf\"\r\n\r\n%PDF-")]
    [InlineData("--boundary\r\nContent-Disposition: form-data\r\n\r\nx\r\n--boundary--\r\n")]
    [InlineData("--other\r\n\r\nx\r\n--other--\r\n")]
    public async Task BrokenBodies_AreAnswered(string body)
    {
        var verdict = new FuzzVerdict();
        using var browser = await hub.AddAgentAsync();
        using var answer = await browser.PostAsync(Page, Sent(FuzzVerdict.Bytes(body)), Token);
        await verdict.TakeAsync("broken body", body, answer);
        verdict.Judge();
    }

    private static IEnumerable<(string Name, string Type, byte[] Content)> Documents(string text) =>
        [
            ($"{text}.pdf", "application/pdf", VerificationFiles.Pdf),
            ("licence.pdf", text, VerificationFiles.Pdf),
            ("licence.pdf", "application/pdf", FuzzVerdict.Bytes(text)),
            ("licence.pdf", "application/pdf", [.. "%PDF-"u8, .. FuzzVerdict.Bytes(text)]),
        ];

    private static ByteArrayContent Body(IHtmlDocument page, string name, string type, byte[] content)
    {
        using var body = new MemoryStream();
        void Write(string text) => body.Write(FuzzVerdict.Bytes(text));
        foreach (var hidden in page.QuerySelectorAll("form input[type=hidden]").OfType<IHtmlInputElement>())
        {
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{hidden.Name}\"\r\n\r\n{hidden.Value}\r\n");
        }

        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"Documents\"; filename=\"{name}\"\r\n");
        Write($"Content-Type: {type}\r\n\r\n");
        body.Write(content);
        Write($"\r\n--{Boundary}--\r\n");
        return Sent(body.ToArray());
    }

    private static ByteArrayContent Sent(byte[] body) =>
        new(body)
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}") },
        };
}
