using Microsoft.Playwright;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The mails of Development in a real browser, as a person looks for one in the mailbox.</summary>
internal static class BrowserMail
{
    /// <summary>Opens the link of the newest mail to an address, once it is there.</summary>
    /// <param name="page">The receiver's browser.</param>
    /// <param name="address">The receiver.</param>
    /// <param name="subject">Part of the subject.</param>
    public static async Task FollowAsync(IPage page, string address, string subject)
    {
        var mail = page.Locator("details.mail", new() { HasText = address }).Filter(new() { HasText = subject }).First;
        // The mail goes out after the answer to the form; the page is as it was when it was opened.
        await Eventually.IsAsync(
            async () =>
            {
                await page.GotoAsync("/dev/mails");
                return await mail.CountAsync() > 0;
            },
            TestContext.Current.CancellationToken
        );
        var link = await mail.Locator(".mail-body a").First.GetAttributeAsync("href");
        await page.GotoAsync(new Uri(link!).PathAndQuery);
    }
}
