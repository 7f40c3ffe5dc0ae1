using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Notifications;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Mail;

/// <summary>Mails that list notifications, in the language that is set. They end by a link of their own.</summary>
internal sealed class NoticeMail(
    IStringLocalizer<NotificationTexts> texts,
    IStringLocalizer<MailTexts> mails,
    NotificationWords words,
    HtmlEncoder html,
    PortalAddress portal
)
{
    public MailContent Write(OutgoingMail mail, MailFacts facts, NoticeFacts notices)
    {
        var greeting = mails["Greeting", facts.Name].Value;
        var lines = notices.Listed.Select(LineOf).ToList();
        var rest = notices.Total > lines.Count ? texts.Plural("Mail_Rest", notices.Total - lines.Count) : null;
        var unsubscribe = portal.Value + NotificationHosting.UnsubscribePath(facts.Token!);
        string[] foot =
        [
            texts["Mail_Unsubscribe", unsubscribe],
            texts["Mail_Settings", portal.Value + AccountPaths.Notifications],
        ];
        return new(
            mail.Id,
            mail.Address,
            facts.Name,
            mail.Culture,
            Subject(notices),
            Text(greeting, lines, rest, foot),
            Html(greeting, lines, rest, foot),
            unsubscribe
        );
    }

    private string Subject(NoticeFacts notices) =>
        notices.Kind is not { } kind ? texts.Plural("Mail_DigestSubject", notices.Total)
        : notices.Total > 1 ? texts["Mail_Subject_Many", words.Kind(kind), notices.Total]
        : NotificationWords.Lead(notices.Listed[0]) is { } lead ? texts["Mail_Subject_One", words.Kind(kind), lead]
        : words.Kind(kind);

    private Line LineOf(NotificationView view) =>
        new(
            words.Sentence(view),
            NotificationWords.Lead(view),
            new NotificationGroup([view]).Href is { } href ? portal.Value + href : null
        );

    private static string Text(string greeting, List<Line> lines, string? rest, string[] foot)
    {
        var list = lines.Select(line =>
            string.Join('\n', new[] { $"• {line.Said}", line.Lead, line.Link }.OfType<string>())
        );
        IEnumerable<string> parts =
        [
            greeting,
            .. list,
            .. rest is null ? [] : new[] { rest },
            $"-- \n{string.Join('\n', foot)}",
        ];
        return string.Join("\n\n", parts) + "\n";
    }

    private string Html(string greeting, List<Line> lines, string? rest, string[] foot)
    {
        var body = new StringBuilder("<div style=\"max-width:560px;font:16px/1.5 sans-serif\">");
        body.Append(CultureInfo.InvariantCulture, $"<p>{html.Encode(greeting)}</p><ul style=\"padding-left:20px\">");
        foreach (var line in lines)
        {
            var lead = line.Lead is null ? "" : html.Encode(line.Lead);
            var link = line.Link is null
                ? lead
                : $"<a href=\"{html.Encode(line.Link)}\">{(lead.Length > 0 ? lead : "→")}</a>";
            body.Append(
                CultureInfo.InvariantCulture,
                $"<li style=\"margin-bottom:8px\">{html.Encode(line.Said)}<br>{link}</li>"
            );
        }

        body.Append("</ul>");
        if (rest is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{html.Encode(rest)}</p>");
        }

        body.Append(
            CultureInfo.InvariantCulture,
            $"<p><a href=\"{html.Encode(portal.Value + NotificationsAddress.Path)}\" style=\"display:inline-block;padding:10px 20px;border-radius:8px;background:#1f5fbf;color:#fff;text-decoration:none\">{html.Encode(texts["Mail_Open"])}</a></p>"
        );
        foreach (var line in foot)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p style=\"font-size:13px;opacity:.7;word-break:break-all\">{html.Encode(line)}</p>"
            );
        }

        return body.Append("</div>").ToString();
    }

    private sealed record Line(string Said, string? Lead, string? Link);
}
