using System.Text.RegularExpressions;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Reference;

/// <summary>Every page of <c>docs</c> is in its index, and links between pages lead somewhere.</summary>
public sealed partial class PapersTests
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "docs");

    [Fact]
    public void EveryPage_IsInTheIndexOnce()
    {
        // A folder of pages has an index of its own.
        var pages = Directory
            .EnumerateFiles(Folder, "*.md")
            .Concat(Directory.EnumerateDirectories(Folder).Select(folder => Path.Combine(folder, "README.md")))
            .Where(File.Exists)
            .Select(page => Path.GetRelativePath(Folder, page))
            .Where(page => page != "README.md");
        var listed = Link()
            .Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .Select(link => link.Groups[1].Value);

        Assert.Equal(pages.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_LeadToFilesAndHeadingsThatAreThere()
    {
        var pages = Directory
            .EnumerateFiles(Folder, "*.md")
            .Append(Path.Combine(Checkout.Folder, "README.md"))
            .ToList();
        var links = pages
            .SelectMany(page => Link().Matches(File.ReadAllText(page)), (page, link) => (page, link))
            .ToList();

        Assert.True(links.Count > 80);
        Assert.Empty(
            links
                .Where(found => !Leads(found.page, found.link.Groups[1].Value, found.link.Groups[2].Value))
                .Select(found => $"{Path.GetFileName(found.page)}: {found.link.Value}")
        );
    }

    private static bool Leads(string page, string target, string heading)
    {
        var file = target.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target));
        return Path.Exists(file)
            && (
                heading.Length == 0
                || Heading().Matches(File.ReadAllText(file)).Any(line => Anchor(line.Groups[1].Value) == heading)
            );
    }

    // As pages of Git hosts name their headings.
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:|mailto:|/)([^)#]*)#?([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
