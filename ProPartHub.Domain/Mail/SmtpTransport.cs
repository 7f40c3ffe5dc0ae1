using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace ProPartHub.Domain.Mail;

/// <summary>Hands mails to the mail server of the settings.</summary>
public sealed class SmtpTransport(IOptions<MailOptions> options, TimeProvider time) : IMailTransport
{
    private const int AnswerTimeoutMilliseconds = 30_000;

    /// <inheritdoc/>
    public bool IsReady => options.Value.IsSet;

    /// <inheritdoc/>
    public async Task SendAsync(MailContent mail, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var message = Message(mail, MailboxAddress.Parse(settings.From!));
        using var smtp = new SmtpClient { Timeout = AnswerTimeoutMilliseconds };
        if (!string.IsNullOrWhiteSpace(settings.TrustedCertificates))
        {
            smtp.ServerCertificateValidationCallback = new MailServerTrust(settings.TrustedCertificates).Believes;
        }

        await smtp.ConnectAsync(settings.Host!, settings.Port, SecurityOf(settings), cancellationToken);
        if (!string.IsNullOrEmpty(settings.User))
        {
            await smtp.AuthenticateAsync(settings.User, settings.Password!, cancellationToken);
        }

        try
        {
            await smtp.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException refusal)
            when (refusal.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refusal.StatusCode >= 500)
        {
            throw new MailRefusedException(refusal.Message, refusal);
        }

        try
        {
            await smtp.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException)
        {
            // The mail was taken; a farewell that fails must not send it again.
        }
    }

    private MimeMessage Message(MailContent mail, MailboxAddress from)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            // The same at every try: a receiving server that got it twice after all can tell.
            MessageId = $"{mail.Id:N}@{from.Domain}",
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = mail.Text },
                new TextPart(TextFormat.Html)
                {
                    Text =
                        $"<!DOCTYPE html><html lang=\"{mail.Culture}\"><meta charset=\"utf-8\"><body>{mail.Html}</body></html>",
                }
            ),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(mail.Name, mail.Address));
        // No "I am on holiday" to a machine (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Unsubscribe is { } address)
        {
            // Mail programs show a button of their own for it (RFC 2369), which posts (RFC 8058).
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{address}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }

    private static SecureSocketOptions SecurityOf(MailOptions settings) =>
        settings.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
}
