using System.Collections.Concurrent;
using AngleSharp.Html.Parser;
using ProPartHub.Domain.Mail;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Takes the mails of a portal under test in place of a mail server.</summary>
internal sealed class Mailbox : IMailTransport
{
    private readonly ConcurrentQueue<MailContent> _mails = [];

    public bool IsReady { get; set; } = true;

    /// <summary>When set, what a try fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, a try takes until it completes.</summary>
    public Task? Delay { get; set; }

    public IReadOnlyList<MailContent> All => [.. _mails];

    public async Task SendAsync(MailContent mail, CancellationToken cancellationToken)
    {
        if (Delay is { } delay)
        {
            await delay.WaitAsync(cancellationToken);
        }

        if (Failure is { } failure)
        {
            throw failure;
        }

        _mails.Enqueue(mail);
    }

    public IReadOnlyList<MailContent> To(string address) => [.. _mails.Where(mail => mail.Address == address)];

    /// <summary>Waits for the mail of a number to an address.</summary>
    public async Task<MailContent> ArrivedAsync(string address, int number = 1)
    {
        await Eventually.IsAsync(() => To(address).Count >= number, TestContext.Current.CancellationToken);
        return To(address)[number - 1];
    }

    /// <summary>Path and query of the link that a mail's button opens.</summary>
    public static string LinkOf(MailContent mail) =>
        new Uri(new HtmlParser().ParseDocument(mail.Html).QuerySelector("a")!.GetAttribute("href")!).PathAndQuery;
}
