using System.Text.RegularExpressions;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Where pictures of articles are: the only addresses of pictures that articles show.</summary>
public static partial class ArticlePictureAddress
{
    /// <summary>Name of the query value that asks for the small one.</summary>
    public const string Small = "small";

    /// <summary>The large one, as it stands in texts.</summary>
    public static string Of(Guid picture) => $"/knowledge/pictures/{picture}";

    /// <summary>The small one.</summary>
    public static string SmallOf(Guid picture) => $"{Of(picture)}?{Small}";

    /// <summary>Whether an address is one of the two.</summary>
    internal static bool Is(string? url) =>
        Read(url?.EndsWith($"?{Small}", StringComparison.Ordinal) is true ? url[..^(Small.Length + 1)] : url)
            is not null;

    /// <summary>Reads an address as <see cref="Of"/> writes it.</summary>
    internal static Guid? Read(string? url) =>
        url is not null && Own().Match(url) is { Success: true } match
            ? Guid.ParseExact(match.Groups[1].Value, "D")
            : null;

    [GeneratedRegex(@"\A/knowledge/pictures/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\z")]
    private static partial Regex Own();
}
