using System.Text;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Gallery;

/// <summary>Where the gallery lies and what its page says.</summary>
internal static class GalleryFile
{
    public static string Page => Path.Combine(Checkout.Folder, "docs", "gallery.md");

    public static string Folder => Path.Combine(Checkout.Folder, "docs", "gallery");

    public static string Picture(GalleryPage page, GalleryLook look) => $"{page.Name}-{look.Name}.webp";

    /// <summary>The text of <c>docs/gallery.md</c>.</summary>
    public static string Text()
    {
        var text = new StringBuilder(
            """
            # Gallery

            What the portal looks like, over a HubSpot sandbox with made-up people and clients. Each page is shown in both themes
            and both languages, on a desk (1440 by 900) and on a phone (390 by 844). A test makes the pictures and this page anew:
            `PROPART_GALLERY=1 dotnet test --project ProPartHub.Tests -- --filter-class "*GalleryTests"`.

            """
        );
        foreach (var page in GalleryPage.All)
        {
            text.Append($"\n## {page.Title}\n\n");
            foreach (var look in GalleryLook.All)
            {
                text.Append(
                    $"<img src=\"gallery/{Picture(page, look)}\" width=\"{(look.Phone ? 18 : 62)}%\" alt=\"{page.Title}, {look.Name}\">\n"
                );
            }
        }

        return text.ToString();
    }
}
