using System.Net;
using System.Text;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>Collects what must not come of hostile input.</summary>
internal sealed class FuzzVerdict
{
    // Error_Part_Title in both languages.
    private static readonly string[] GivenUp = ["This part of the page failed", "Ця частина сторінки не спрацювала"];

    private readonly List<string> _broken = [];

    /// <summary>Looks at an answer: no fault of the server, no markup as it was sent, no way to another site.</summary>
    public async Task TakeAsync(string what, string text, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500)
        {
            Add($"{answer.StatusCode} {what}", text);
        }

        // A file is handed out as it is, and never shown.
        if (answer.Content.Headers.ContentDisposition?.DispositionType != "attachment")
        {
            Look(what, text, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var asked = answer.RequestMessage!.RequestUri!;
        if (answer.Headers.Location is { } next && new Uri(asked, next).Host != asked.Host)
        {
            Add($"{what} leads abroad", text);
        }
    }

    private void Look(string what, string text, string html)
    {
        if (text.Contains('<', StringComparison.Ordinal) && html.Contains(text, StringComparison.Ordinal))
        {
            Add($"{what} shows markup as it came", text);
        }

        if (WasGivenUp(WebUtility.HtmlDecode(html)))
        {
            Add($"{what} lost a part of its page", text);
        }
    }

    /// <summary>Whether a part of the page failed and was replaced by words that say so.</summary>
    public static bool WasGivenUp(string shown) =>
        GivenUp.Any(words => shown.Contains(words, StringComparison.Ordinal));

    public void Add(string what, string text) =>
        _broken.Add($"{what}: {(text.Length > 20 ? $"{text[..20]}… ({text.Length})" : text)}");

    public void Judge() => Assert.True(_broken.Count == 0, string.Join('\n', _broken.Take(20)));

    /// <summary>As it goes over the wire; a lone half of a character pair cannot.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
