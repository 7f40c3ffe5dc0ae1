using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Where links of an article may lead: to other sites, mail and phones, and to pages of the portal.</summary>
internal static class ArticleLink
{
    /// <summary>How an address may begin.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["http", "https", "mailto", "tel"];

    /// <summary>Lets a link lead where it may; of others the words stay.</summary>
    public static void Guard(LinkInline link, string address)
    {
        var url = (link.GetDynamicUrl is { } dynamic ? dynamic() : link.Url) ?? "";
        link.GetDynamicUrl = null;
        if (url.StartsWith('#'))
        {
            // The portal's pages have one base, from which a bare anchor would lead away.
            link.Url = address + url;
        }
        else if (IsInner(url))
        {
            link.Url = url;
        }
        else if (IsOuter(url, out var isSite))
        {
            link.Url = url;
            if (isSite)
            {
                Mark(link.GetAttributes());
            }
        }
        else
        {
            Unwrap(link);
        }
    }

    /// <summary>The same for an address in angle brackets.</summary>
    public static void Guard(AutolinkInline bare)
    {
        if (!IsOuter(bare.Url, out var isSite))
        {
            bare.ReplaceBy(new LiteralInline(bare.Url));
        }
        else if (isSite)
        {
            Mark(bare.GetAttributes());
        }
    }

    /// <summary>Leaves of a link what stands in it.</summary>
    public static void Unwrap(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }

    // Another site's page does not steer this one, and gets no better place in searches from here.
    private static void Mark(HtmlAttributes attributes)
    {
        attributes.AddPropertyIfNotExist("rel", "noopener nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    // Two slashes, or one that browsers read as such, lead to another site.
    private static bool IsInner(string url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Contains('\\') && !url.Any(char.IsControl);

    private static bool IsOuter(string url, out bool isSite)
    {
        isSite = false;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme))
        {
            return false;
        }

        isSite = uri.Scheme is "http" or "https";
        return true;
    }
}
