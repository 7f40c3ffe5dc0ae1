using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Which articles a list shows.</summary>
public enum ArticleShelf
{
    /// <summary>What readers see.</summary>
    Published,

    /// <summary>What has a draft; only for those who may write.</summary>
    Drafts,

    /// <summary>What was archived; only for those who may write.</summary>
    Archive,
}

/// <summary>What a list of articles shows: search, section, shelf and place. Everything fits in a URL.</summary>
public sealed record ArticleQuery
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>Text looked for in title and text.</summary>
    public string? Search
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only this section.</summary>
    public Guid? SectionId { get; init; }

    /// <summary>Which articles.</summary>
    public ArticleShelf Shelf { get; init; }

    /// <summary>Start after this place (<see cref="ArticleListPage.Next"/>) or, with <see cref="Backward"/>, end before it.</summary>
    public string? Cursor { get; init; }

    /// <summary>True to read the page before <see cref="Cursor"/>.</summary>
    public bool Backward { get; init; }

    /// <summary>True where the sections shall be shown and not a list.</summary>
    public bool IsOverview => string.IsNullOrWhiteSpace(Search) && SectionId is null && Shelf is ArticleShelf.Published;
}

/// <summary>An article in a list, as the reader finds it. Times are UTC.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="SectionName">Its section.</param>
/// <param name="Excerpt">The beginning of its text or, where something was looked for, the place where it was found.</param>
/// <param name="MustRead">Whether everybody has to confirm it.</param>
/// <param name="Version">The version that readers see; 0 for none.</param>
/// <param name="PublishedAt">When that was published.</param>
/// <param name="SeenVersion">The last version that the reader has opened; null for none.</param>
/// <param name="IsConfirmed">Whether the reader has confirmed the version that readers see.</param>
/// <param name="DraftAt">When the draft beside it was stored; null for none, and for those who do not write.</param>
/// <param name="ArchivedAt">When it was archived.</param>
public sealed record ArticleRow(
    Guid Id,
    long Number,
    string Title,
    string SectionName,
    string Excerpt,
    bool MustRead,
    int Version,
    DateTimeOffset? PublishedAt,
    int? SeenVersion,
    bool IsConfirmed,
    DateTimeOffset? DraftAt,
    DateTimeOffset? ArchivedAt
)
{
    /// <summary>What the reader still has to do with it, or what is news.</summary>
    public ReadingMark Mark =>
        Version == 0 || ArchivedAt is not null ? ReadingMark.None
        : MustRead && !IsConfirmed ? ReadingMark.ToConfirm
        : SeenVersion is null ? ReadingMark.New
        : SeenVersion < Version ? ReadingMark.Changed
        : ReadingMark.None;
}

/// <summary>What a reader has not seen of an article yet.</summary>
public enum ReadingMark
{
    /// <summary>Everything was seen.</summary>
    None,

    /// <summary>Never opened.</summary>
    New,

    /// <summary>Opened, and published anew since.</summary>
    Changed,

    /// <summary>Everybody has to confirm it, and the reader has not.</summary>
    ToConfirm,
}

/// <summary>A page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Previous">Cursor of the page before, null on the first.</param>
/// <param name="Next">Cursor of the page after, null on the last.</param>
public sealed record ArticleListPage(IReadOnlyList<ArticleRow> Rows, string? Previous, string? Next);

/// <summary>A section with its first articles.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Total">How many articles readers find in it.</param>
/// <param name="First">The first of them.</param>
public sealed record SectionShelf(Guid Id, string Name, int Total, IReadOnlyList<ArticleRow> First);

/// <summary>A link to another article.</summary>
public sealed record ArticleLinkTo(long Number, string Title);

/// <summary>One article as a page shows it. Times are UTC.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="SectionId">Its section.</param>
/// <param name="SectionName">Name of the section.</param>
/// <param name="Body">Its text, in Markdown.</param>
/// <param name="MustRead">Whether everybody has to confirm it.</param>
/// <param name="Version">The version shown; 0 for a draft that was never published.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="PublishedBy">Who published it.</param>
/// <param name="ConfirmedAt">When the reader confirmed this version.</param>
/// <param name="SeenVersion">The last version that the reader has opened.</param>
/// <param name="DraftAt">When the draft beside it was stored; null for none, and for those who do not write.</param>
/// <param name="DraftBy">Who stored it.</param>
/// <param name="ArchivedAt">When it was archived; only those who write find it then.</param>
/// <param name="Previous">The article before it in its section.</param>
/// <param name="Next">The article after it.</param>
public sealed record ArticleDetails(
    Guid Id,
    long Number,
    string Title,
    Guid SectionId,
    string SectionName,
    string Body,
    bool MustRead,
    int Version,
    DateTimeOffset? PublishedAt,
    string? PublishedBy,
    DateTimeOffset? ConfirmedAt,
    int? SeenVersion,
    DateTimeOffset? DraftAt,
    string? DraftBy,
    DateTimeOffset? ArchivedAt,
    ArticleLinkTo? Previous,
    ArticleLinkTo? Next
);

/// <summary>An article as a form opens with it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number.</param>
/// <param name="Values">The draft where there is one, or else what readers see.</param>
/// <param name="IsPublished">Whether readers see a version of it.</param>
/// <param name="HasDraft">Whether the values are a draft.</param>
public sealed record ArticleToEdit(Guid Id, long Number, ArticleInput Values, bool IsPublished, bool HasDraft);
