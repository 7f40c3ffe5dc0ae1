using System.Globalization;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ProPartHub.Domain.Files.Pictures;

namespace ProPartHub.Domain.Knowledge;

/// <summary>How large a picture is, in pixels.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
public readonly record struct PictureSize(int Width, int Height);

/// <summary>Pictures within an article's text: of the portal's own the known ones are shown, of all others the words stay.</summary>
internal static class ArticleImage
{
    /// <summary>Those that a text names, each once.</summary>
    public static IReadOnlyList<Guid> Of(MarkdownDocument document) =>
        [.. Images(document).Select(image => ArticlePictureAddress.Read(image.Url)).OfType<Guid>().Distinct()];

    /// <summary>Whether each picture of the portal has words for those who do not see it.</summary>
    public static bool AllHaveWords(MarkdownDocument document) =>
        Images(document)
            .Where(image => ArticlePictureAddress.Read(image.Url) is not null)
            .All(image => image.Descendants<LiteralInline>().Any(text => !text.Content.IsEmptyOrWhitespace()));

    /// <summary>Shows a picture without anything around it moving when it comes, or leaves its words.</summary>
    public static void Guard(LinkInline image, IReadOnlyDictionary<Guid, PictureSize> known)
    {
        if (ArticlePictureAddress.Read(image.Url) is not { } id || !known.TryGetValue(id, out var size))
        {
            ArticleLink.Unwrap(image);
            return;
        }

        image.GetDynamicUrl = null;
        // As it is written here, whatever its letters are there.
        image.Url = ArticlePictureAddress.Of(id);
        var small = size.Width * Math.Min(1, (double)PictureWorkshop.ThumbnailSide / Math.Max(size.Width, size.Height));
        var attributes = image.GetAttributes();
        attributes.AddProperty("width", size.Width.ToString(CultureInfo.InvariantCulture));
        attributes.AddProperty("height", size.Height.ToString(CultureInfo.InvariantCulture));
        attributes.AddProperty("loading", "lazy");
        attributes.AddProperty("decoding", "async");
        attributes.AddProperty("sizes", "(max-width: 860px) 100vw, 660px");
        attributes.AddProperty(
            "srcset",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ArticlePictureAddress.SmallOf(id)} {small:0}w, {image.Url} {size.Width}w"
            )
        );
    }

    private static IEnumerable<LinkInline> Images(MarkdownDocument document) =>
        document.Descendants<LinkInline>().Where(link => link.IsImage);
}
