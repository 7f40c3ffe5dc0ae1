using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Templates;

/// <summary>Addresses that open a program with a message in it; the person reads it there and sends it.</summary>
public static class MessageLink
{
    /// <summary>The address.</summary>
    /// <param name="channel">Which program.</param>
    /// <param name="lead">To whom: phone in E.164, Telegram name, mail.</param>
    /// <param name="subject">Subject of a mail.</param>
    /// <param name="text">The message.</param>
    /// <returns>Null where the client has no address for that program.</returns>
    public static string? Of(MessageChannel channel, ILeadValues lead, string? subject, string text) =>
        channel switch
        {
            MessageChannel.WhatsApp when Digits(lead.Phone) is { } digits =>
                $"https://wa.me/{digits}?text={Encoded(text)}",
            // Telegram by name where there is one: by phone it finds only whom the agent has among the contacts.
            MessageChannel.Telegram when lead.Telegram is { Length: > 0 } name =>
                $"tg://resolve?domain={Encoded(name)}&text={Encoded(text)}",
            MessageChannel.Telegram when Digits(lead.Phone) is { } digits =>
                $"tg://resolve?phone={digits}&text={Encoded(text)}",
            MessageChannel.Viber when Digits(lead.Phone) is { } digits =>
                $"viber://chat?number=%2B{digits}&draft={Encoded(text)}",
            MessageChannel.Mail when lead.Email is { Length: > 0 } mail =>
                $"mailto:{Encoded(mail).Replace("%40", "@", StringComparison.Ordinal)}?subject={Encoded(subject ?? "")}&body={Encoded(text.ReplaceLineEndings("\r\n"))}",
            _ => null,
        };

    private static string? Digits(string? phone) => phone is ['+', _, ..] ? phone[1..] : null;

    // RFC 3986: a blank is %20, never a plus, which mail programs would show.
    private static string Encoded(string text) => Uri.EscapeDataString(text);
}
