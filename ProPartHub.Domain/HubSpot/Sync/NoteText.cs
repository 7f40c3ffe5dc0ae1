using System.Globalization;
using System.Net;
using System.Text;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Comments are plain text, HubSpot's notes are HTML. A note has no author of ours, so a comment's author stands in front
/// of it ("Name: text") and is taken off again on the way back.
/// </summary>
internal static class NoteText
{
    // Of HubSpot's 65,536, with room for what escaping adds to odd texts.
    private const int LongestBody = 60_000;

    // What stands on lines of its own.
    private static readonly string[] Blocks =
    [
        "p",
        "div",
        "li",
        "tr",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
    ];

    /// <summary>How a comment written here is signed in its note.</summary>
    public static string SignatureOf(Comment comment) => $"{comment.AuthorName}: ";

    /// <summary>The body of a comment's note. Of files it says how many there are; they stay here.</summary>
    public static string BodyOf(Comment comment, string? signature) =>
        ToHtml(signature + comment.Body + EndOf(comment.AttachmentCount));

    /// <summary>The comment's text in a note's body.</summary>
    public static string TextOf(string? signature, int attachments, string? html)
    {
        var text = ToText(html);
        text = IsSigned(signature, text) ? text[signature!.Length..] : text;
        var end = EndOf(attachments);
        return end.Length > 0 && text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length].TrimEnd() : text;
    }

    /// <summary>Whether a note's text begins with the signature.</summary>
    public static bool IsSigned(string? signature, string text) =>
        signature is not null && text.StartsWith(signature, StringComparison.Ordinal);

    // A line of its own, in the language of the other texts that the portal writes there.
    private static string EndOf(int attachments) =>
        attachments switch
        {
            0 => "",
            1 => "\n1 attachment",
            _ => string.Create(CultureInfo.InvariantCulture, $"\n{attachments} attachments"),
        };

    /// <summary>Text as HTML: escaped, lines kept.</summary>
    public static string ToHtml(string text)
    {
        var html = WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br>");
        return html.Length <= LongestBody ? html : html[..LongestBody];
    }

    /// <summary>HTML as text: lines kept, tags dropped, entities resolved.</summary>
    public static string ToText(string? html)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return "";
        }

        var text = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length; i++)
        {
            var end = html[i] == '<' ? html.IndexOf('>', i) : -1;
            if (end < 0)
            {
                // Line ends of the source mean no more than a blank.
                text.Append(html[i] is '\n' or '\r' or '\t' ? ' ' : html[i]);
                continue;
            }

            AppendBreak(text, html.AsSpan(i + 1, end - i - 1));
            i = end;
        }

        var decoded = WebUtility.HtmlDecode(text.ToString()).Replace('\u00a0', ' ');
        var lines = decoded.Split('\n').Select(line => line.Trim());
        return IncomingText.Readable(string.Join('\n', lines).Trim());
    }

    private static void AppendBreak(StringBuilder text, ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart('/');
        var length = name.IndexOfAny(' ', '/', '\n');
        name = length < 0 ? name : name[..length];
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
        {
            text.Append('\n');
            return;
        }

        foreach (var block in Blocks)
        {
            // One break between blocks, whether the note has <p>a</p><p>b</p> or a<div>b</div>.
            if (name.Equals(block, StringComparison.OrdinalIgnoreCase) && text is { Length: > 0 } && text[^1] != '\n')
            {
                text.Append('\n');
            }
        }
    }
}
