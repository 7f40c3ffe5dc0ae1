using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Knowledge;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// Search, section, shelf and place of the knowledge base as the address of its page, so that reload, back and a shared link
/// show the same. A value that makes no sense counts as absent.
/// </summary>
internal static class KnowledgeAddress
{
    public const string Path = "/knowledge";
    public const string New = $"{Path}/new";
    public const string Sections = $"{Path}/sections";

    private const string Search = "q";
    private const string Section = "section";
    private const string View = "view";
    private const string After = "after";
    private const string Before = "before";

    // What people look for is shorter.
    private const int LongestText = 200;

    /// <summary>The page of one.</summary>
    public static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{number}");

    /// <summary>Its form.</summary>
    public static string Edit(long number) => $"{Of(number)}/edit";

    /// <summary>Its versions.</summary>
    public static string Versions(long number) => $"{Of(number)}/versions";

    /// <summary>One of its versions.</summary>
    public static string Version(long number, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Versions(number)}?v={version}");

    /// <summary>Two of its versions, compared.</summary>
    public static string Comparison(long number, int from, int to) =>
        string.Create(CultureInfo.InvariantCulture, $"{Versions(number)}?from={from}&to={to}");

    /// <summary>Reads the address of the page.</summary>
    public static ArticleQuery Read(Uri address)
    {
        var values = QueryHelpers.ParseQuery(address.Query);
        var before = Text(Before);
        return new ArticleQuery
        {
            Search = Text(Search) is { } search ? search[..Math.Min(search.Length, LongestText)] : null,
            SectionId = Guid.TryParse(Text(Section), out var section) ? section : null,
            Shelf =
                Enum.TryParse<ArticleShelf>(Text(View), ignoreCase: true, out var shelf) && Enum.IsDefined(shelf)
                    ? shelf
                    : default,
            Cursor = before ?? Text(After),
            Backward = before is not null,
        };

        string? Text(string name) =>
            values.GetValueOrDefault(name).ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Writes a query as the address of the page.</summary>
    public static string Write(ArticleQuery query)
    {
        var values = new Dictionary<string, string?>
        {
            [Search] = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim(),
            [Section] = query.SectionId?.ToString(),
            [View] = query.Shelf is ArticleShelf.Published ? null : query.Shelf.ToString().ToLowerInvariant(),
            [query.Backward ? Before : After] = query.Cursor,
        };
        return QueryHelpers.AddQueryString(Path, values.Where(value => value.Value is not null).ToDictionary());
    }
}
