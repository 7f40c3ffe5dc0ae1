using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Knowledge;

/// <summary>A heading within an article, for its table of contents.</summary>
/// <param name="Anchor">Id of the heading in the page.</param>
/// <param name="Text">Its words.</param>
/// <param name="Level">How deep it stands, from 2.</param>
public sealed record ArticleHeading(string Anchor, string Text, int Level);

/// <summary>An article's text as a page shows it.</summary>
/// <param name="Html">Safe to be put into a page as it is.</param>
/// <param name="Headings">Its headings in order.</param>
public sealed record ShownText(string Html, IReadOnlyList<ArticleHeading> Headings);

/// <summary>
/// Reads articles' Markdown. HTML in it is text like any other; links lead only where <see cref="ArticleLink"/> lets them;
/// and what comes out passes through a sanitizer that knows only the tags and attributes of such texts.
/// </summary>
public static class ArticleText
{
    // Headings begin below the page's own.
    private const int HighestHeading = 2;
    private const int DeepestHeading = 6;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoLinks()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    private static readonly HtmlSanitizer Sanitizer = new(
        new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "a",
                "blockquote",
                "br",
                "code",
                "del",
                "em",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "img",
                "li",
                "ol",
                "p",
                "pre",
                "strong",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "ul",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "alt",
                "class",
                "decoding",
                "height",
                "href",
                "id",
                "loading",
                "rel",
                "sizes",
                "src",
                "srcset",
                "start",
                "style",
                "target",
                "title",
                "width",
            },
            AllowedCssProperties = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "text-align" },
            AllowedSchemes = new HashSet<string>(ArticleLink.Schemes, StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
        }
    );

    static ArticleText() =>
        Sanitizer.FilterUrl += (_, found) =>
        {
            // Whatever came before: browsers load pictures of the portal's own for articles and no others.
            if (found.Tag.LocalName == "img" && !ArticlePictureAddress.Is(found.OriginalUrl))
            {
                found.SanitizedUrl = null;
            }
        };

    /// <summary>The text for a page.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="address">Address of the page that shows it, for links to its own headings.</param>
    /// <param name="pictures">
    /// The pictures that whoever looks may see (<see cref="ArticlePictures.SizesAsync"/>); of others the words stay.
    /// </param>
    public static ShownText Show(
        string markdown,
        string address,
        IReadOnlyDictionary<Guid, PictureSize>? pictures = null
    )
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var headings = Headings(document);
        foreach (var inline in document.Descendants<Inline>().ToList())
        {
            switch (inline)
            {
                case TaskList task:
                    task.ReplaceBy(new LiteralInline(task.Checked ? "☑" : "☐"));
                    break;
                case AutolinkInline { IsEmail: false } bare:
                    ArticleLink.Guard(bare);
                    break;
                case LinkInline { IsImage: true } picture:
                    ArticleImage.Guard(picture, pictures ?? ReadOnlyDictionary<Guid, PictureSize>.Empty);
                    break;
                case LinkInline link:
                    ArticleLink.Guard(link, address);
                    break;
            }
        }

        var html = Sanitizer
            .Sanitize(document.ToHtml(Pipeline))
            // A wide table scrolls by itself, by keyboard too.
            .Replace("<table>", "<div class=\"article-table\" tabindex=\"0\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal);
        return new(html, headings);
    }

    /// <summary>The words alone, in one line, for search and excerpts.</summary>
    public static string Plain(string markdown) =>
        string.Join(
            ' ',
            Markdown.ToPlainText(markdown, Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>The same for a text that may be nested deeper than anybody would write.</summary>
    /// <returns>False for such a text.</returns>
    public static bool TryShow(
        string markdown,
        string address,
        IReadOnlyDictionary<Guid, PictureSize>? pictures,
        [NotNullWhen(true)] out ShownText? shown
    )
    {
        try
        {
            shown = Show(markdown, address, pictures);
            return true;
        }
        catch (ArgumentException)
        {
            // The reader of Markdown refuses what could exhaust the stack.
            shown = null;
            return false;
        }
    }

    /// <summary>The pictures of the portal that a text names, each once; none of a text that cannot be read.</summary>
    public static IReadOnlyList<Guid> PicturesOf(string markdown) =>
        TryRead(markdown, out var document) ? ArticleImage.Of(document) : [];

    /// <summary>Whether each of them has words for those who do not see it.</summary>
    internal static bool PicturesHaveWords(string markdown) =>
        !TryRead(markdown, out var document) || ArticleImage.AllHaveWords(document);

    private static bool TryRead(string markdown, [NotNullWhen(true)] out MarkdownDocument? document)
    {
        document = null;
        // Most texts have none, and lists need not be read for that.
        if (!markdown.Contains("/knowledge/pictures/", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            document = Markdown.Parse(markdown, Pipeline);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A level that was left out would be missing for those who go from heading to heading by ear.
    private static List<ArticleHeading> Headings(MarkdownDocument document)
    {
        var (headings, above) = (new List<ArticleHeading>(), HighestHeading - 1);
        var names = new Dictionary<string, int>();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var text = Words(heading.Inline);
            above = heading.Level = Math.Min(Math.Min(heading.Level + 1, above + 1), DeepestHeading);
            var name = string.Join(
                '-',
                SearchText
                    .Normalise(text)
                    .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                    .Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)))
                    .Where(word => word.Length > 0)
            );
            var times = names[name] = names.GetValueOrDefault(name) + 1;
            // Behind a word of its own, so that no heading takes the name of something of the page.
            var anchor = string.Create(CultureInfo.InvariantCulture, $"s-{name}{(times > 1 ? $"-{times}" : "")}");
            heading.GetAttributes().Id = anchor;
            headings.Add(new(anchor, text, heading.Level));
        }

        return headings;
    }

    private static string Words(ContainerInline? inline) =>
        inline is null
            ? ""
            : string.Concat(
                    inline
                        .Descendants()
                        .Select(part =>
                            part switch
                            {
                                LiteralInline literal => literal.Content.ToString(),
                                CodeInline code => code.Content,
                                HtmlEntityInline entity => entity.Transcoded.ToString(),
                                LineBreakInline => " ",
                                _ => "",
                            }
                        )
                )
                .Trim();
}
