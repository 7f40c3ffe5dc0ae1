using Microsoft.Playwright;

namespace ProPartHub.Tests.Gallery;

/// <summary>How a page is looked at: each theme and each language once on a desk and once on a phone.</summary>
/// <param name="Phone">390 by 844 instead of 1440 by 900.</param>
/// <param name="Theme">Light or dark.</param>
/// <param name="Language">Language of the interface.</param>
internal sealed record GalleryLook(bool Phone, ColorScheme Theme, string Language)
{
    public string Name => $"{(Phone ? "phone" : "desk")}-{(Theme is ColorScheme.Dark ? "dark" : "light")}-{Language}";

    public static IReadOnlyList<GalleryLook> All { get; } =
    [
        new(false, ColorScheme.Light, "uk"),
        new(false, ColorScheme.Dark, "en"),
        new(true, ColorScheme.Dark, "uk"),
        new(true, ColorScheme.Light, "en"),
    ];
}
