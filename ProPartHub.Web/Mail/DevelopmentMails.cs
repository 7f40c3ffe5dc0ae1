using ProPartHub.Domain.Mail;

namespace ProPartHub.Web.Mail;

/// <summary>Where mails land in Development: in memory, for <c>/dev/mails</c>. Elsewhere this is not registered.</summary>
internal sealed class DevelopmentMails(TimeProvider time) : IMailTransport
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<DevelopmentMail> _mails = [];

    public bool IsReady => true;

    /// <summary>The last mails, newest first.</summary>
    public IReadOnlyList<DevelopmentMail> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _mails];
            }
        }
    }

    public Task SendAsync(MailContent mail, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _mails.AddFirst(new DevelopmentMail(time.GetUtcNow(), mail));
            if (_mails.Count > Kept)
            {
                _mails.RemoveLast();
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>A mail that was not sent.</summary>
internal sealed record DevelopmentMail(DateTimeOffset At, MailContent Content);
