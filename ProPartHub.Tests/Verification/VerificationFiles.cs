using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>Documents for tests, and the way of a browser to hand them in.</summary>
internal static class VerificationFiles
{
    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.7\n% a very small document\n");

    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0];

    public static HandedIn HandedIn(
        string name = "licence.pdf",
        string type = "application/pdf",
        byte[]? content = null
    )
    {
        var bytes = content ?? Pdf;
        return new(name, type, bytes.Length, () => new MemoryStream(bytes));
    }

    /// <summary>Opens the page, chooses files and sends the form.</summary>
    public static async Task<HttpResponseMessage> HandInAsync(
        this HttpClient browser,
        params (string Name, string Type, byte[] Content)[] files
    )
    {
        var page = await browser.OpenAsync("/account/verification");
        var form = page.Forms.Single(candidate => candidate.QuerySelector("[name=Documents]") is not null);
        using var content = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>())
        {
            content.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        content.Add(new StringContent("My licence"), "Message");
        foreach (var (name, type, bytes) in files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            content.Add(file, "Documents", name);
        }

        return await browser.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }
}
