using ProPartHub.Domain.Notifications;

namespace ProPartHub.Domain.Mail;

/// <summary>What fills the blanks of a mail's text; at rest always encrypted, since tokens open accounts.</summary>
/// <param name="Name">Whom to greet.</param>
/// <param name="Token">Token of the one-time link.</param>
/// <param name="Subject">What it is about: a user name, an address.</param>
/// <param name="Words">What a person wrote to the receiver.</param>
public sealed record MailFacts(string Name, string? Token = null, string? Subject = null, string? Words = null)
{
    /// <summary>Notifications that the mail lists.</summary>
    public NoticeFacts? Notices { get; init; }
}

/// <summary>Notifications in a mail; their words are made in the receiver's language when it is sent.</summary>
/// <param name="Kind">Of which kind they all are; null for a digest.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Listed">The newest of them.</param>
public sealed record NoticeFacts(NotificationKind? Kind, int Total, IReadOnlyList<NotificationView> Listed);

/// <summary>A mail ready to be sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Name">Whose address it is.</param>
/// <param name="Culture">Language.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Text">The whole as plain text.</param>
/// <param name="Html">The same as the body of an HTML page.</param>
/// <param name="Unsubscribe">Address that ends mails of its kind by one post (RFC 8058); null for what nobody can refuse.</param>
public sealed record MailContent(
    Guid Id,
    string Address,
    string Name,
    string Culture,
    string Subject,
    string Text,
    string Html,
    string? Unsubscribe = null
);

/// <summary>Puts mails into words; the words belong to the web, which the domain does not know.</summary>
public interface IMailWriter
{
    /// <summary>The mail in the language of its receiver.</summary>
    MailContent Write(OutgoingMail mail, MailFacts facts);
}

/// <summary>Where mails go: to a mail server, or in Development to a page of the portal.</summary>
public interface IMailTransport
{
    /// <summary>False where no mail server is set: then nothing is sent and pages that need mail say so.</summary>
    bool IsReady { get; }

    /// <summary>Hands one mail over.</summary>
    /// <exception cref="MailRefusedException">It will not be taken at another try either.</exception>
    Task SendAsync(MailContent mail, CancellationToken cancellationToken);
}

/// <summary>The mail server says that this address can get no mail.</summary>
public sealed class MailRefusedException(string message, Exception inner) : Exception(message, inner);
