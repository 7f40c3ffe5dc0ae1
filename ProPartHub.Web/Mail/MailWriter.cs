using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Mail;
using ProPartHub.Web.Account;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Mail;

/// <summary>
/// Puts mails into the receiver's words: plain text, and the same as simple HTML. Whatever people typed is encoded there,
/// and the words of a mail come from a resource alone.
/// </summary>
internal sealed class MailWriter(
    IStringLocalizer<MailTexts> texts,
    HtmlEncoder html,
    PortalAddress portal,
    NoticeMail notices
) : IMailWriter
{
    public MailContent Write(OutgoingMail mail, MailFacts facts)
    {
        var (words, values) = (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture);
        var language = (Languages.Find(mail.Culture) ?? Languages.Default).Culture;
        (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (language, language);
        try
        {
            return facts.Notices is { } list ? notices.Write(mail, facts, list) : InCulture(mail, facts);
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (words, values);
        }
    }

    private MailContent InCulture(OutgoingMail mail, MailFacts facts)
    {
        var greeting = texts["Greeting", facts.Name].Value;
        var paragraphs = texts[$"{mail.Kind}_Text", facts.Subject ?? "", mail.Address].Value.Split('\n');
        var button = texts[$"{mail.Kind}_Button"] is { ResourceNotFound: false } found ? found.Value : null;
        var foot = texts["Foot", portal.Value].Value;
        var link = Link(mail.Kind, facts.Token);
        return new(
            mail.Id,
            mail.Address,
            facts.Name,
            mail.Culture,
            texts[$"{mail.Kind}_Subject"],
            Text([greeting, .. paragraphs], facts.Words, button is null ? null : link, foot),
            Html([greeting, .. paragraphs], facts.Words, button, link, foot)
        );
    }

    private string Link(MailKind kind, string? token) =>
        kind switch
        {
            MailKind.Invitation or MailKind.PasswordReset => PortalAddress.Link(
                portal.Value,
                AccountPaths.Setup,
                token!
            ),
            MailKind.ConfirmAccount or MailKind.ConfirmAddress => PortalAddress.Link(
                portal.Value,
                AccountPaths.Confirm,
                token!
            ),
            MailKind.AddressInUse => portal.Value + AccountPaths.Forgotten,
            MailKind.UserNameTaken => portal.Value + AccountPaths.Register,
            MailKind.AddressNotice => portal.Value + AccountPaths.Manage,
            _ => portal.Value,
        };

    private static string Text(IEnumerable<string> paragraphs, string? words, string? link, string foot)
    {
        IEnumerable<string> parts = [.. paragraphs, .. Optional(words), .. Optional(link), $"-- \n{foot}"];
        return string.Join("\n\n", parts) + "\n";
    }

    private string Html(IEnumerable<string> paragraphs, string? words, string? button, string link, string foot)
    {
        var body = new StringBuilder("<div style=\"max-width:560px;font:16px/1.5 sans-serif\">");
        foreach (var paragraph in paragraphs)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{html.Encode(paragraph)}</p>");
        }

        if (words is not null)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<blockquote style=\"margin:16px 0;padding:0 16px;border-left:3px solid #888;white-space:pre-wrap\">{html.Encode(words)}</blockquote>"
            );
        }

        if (button is not null)
        {
            var address = html.Encode(link);
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p><a href=\"{address}\" style=\"display:inline-block;padding:10px 20px;border-radius:8px;background:#1f5fbf;color:#fff;text-decoration:none\">{html.Encode(button)}</a></p><p style=\"font-size:13px;word-break:break-all\">{address}</p>"
            );
        }

        return body.Append(
                CultureInfo.InvariantCulture,
                $"<p style=\"font-size:13px;opacity:.7\">{html.Encode(foot)}</p></div>"
            )
            .ToString();
    }

    private static IEnumerable<string> Optional(string? part) => part is null ? [] : [part];
}
