using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Catalogue;

/// <summary>The sorts offered; each is read in order from an index.</summary>
public enum CatalogueSort
{
    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>By name, in Ukrainian order.</summary>
    Name,

    /// <summary>By the lowest price, the cheapest first.</summary>
    Price,
}

/// <summary>What a list of developments shows: filters, sort and place. Everything fits in a URL.</summary>
public sealed record CatalogueQuery
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 24;

    /// <summary>Text looked for in name, city, district and number.</summary>
    public string? Search
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only this country.</summary>
    public string? Country
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only this city.</summary>
    public string? City
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only this district, of <see cref="City"/> where both are set.</summary>
    public string? District
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only this kind of property.</summary>
    public string? Kind
    {
        get;
        init => field = ReadableText.Cleaned(value);
    }

    /// <summary>Only what reaches this price or more, in USD; without an upper price a development reaches any.</summary>
    public decimal? PriceFrom { get; init; }

    /// <summary>Only what begins at this price or below, in USD.</summary>
    public decimal? PriceTo { get; init; }

    /// <summary>Only what has an available unit of this type.</summary>
    public UnitType? UnitType { get; init; }

    /// <summary>Only what has an available unit of so many square metres or more, of <see cref="UnitType"/> where both are set.</summary>
    public decimal? SizeFrom { get; init; }

    /// <summary>Only what has an available unit of so many square metres or less, the same unit as for the others.</summary>
    public decimal? SizeTo { get; init; }

    /// <summary>The archive in place of what is offered; only for those who may write.</summary>
    public bool Archived { get; init; }

    /// <summary>Sort.</summary>
    public CatalogueSort Sort { get; init; }

    /// <summary>Start after this place (<see cref="CataloguePage.Next"/>) or, with <see cref="Backward"/>, end before it.</summary>
    public string? Cursor { get; init; }

    /// <summary>True to read the page before <see cref="Cursor"/>.</summary>
    public bool Backward { get; init; }

    /// <summary>True when anything narrows the list.</summary>
    public bool HasFilters =>
        !string.IsNullOrWhiteSpace(Search)
        || Country is not null
        || City is not null
        || District is not null
        || Kind is not null
        || PriceFrom is not null
        || PriceTo is not null
        || UnitType is not null
        || SizeFrom is not null
        || SizeTo is not null;
}

/// <summary>A development in a list.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Country">Country.</param>
/// <param name="City">City.</param>
/// <param name="District">District.</param>
/// <param name="Kind">Kind of property.</param>
/// <param name="PriceFrom">Lowest price in USD.</param>
/// <param name="PriceTo">Highest price in USD.</param>
/// <param name="Available">How many of its units are available.</param>
/// <param name="Smallest">The fewest rooms among these.</param>
/// <param name="Largest">The most rooms among these.</param>
/// <param name="SizeFrom">The smallest of these, in square metres.</param>
/// <param name="CreatedAt">When it was added (UTC).</param>
/// <param name="CoverId">Its first photo.</param>
public sealed record CatalogueRow(
    Guid Id,
    long Number,
    string Name,
    string Country,
    string? City,
    string? District,
    string? Kind,
    decimal PriceFrom,
    decimal? PriceTo,
    int Available,
    UnitType? Smallest,
    UnitType? Largest,
    decimal? SizeFrom,
    DateTimeOffset CreatedAt,
    Guid? CoverId
);

/// <summary>A place of which the catalogue has something.</summary>
/// <param name="City">City.</param>
/// <param name="District">District of it; null where there is nothing nearer.</param>
public sealed record CataloguePlace(string City, string? District);

/// <summary>A development beside others.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Values">Its fields and units.</param>
/// <param name="IsArchived">Whether it is no longer offered.</param>
/// <param name="CoverId">Its first photo.</param>
public sealed record ComparedDevelopment(long Number, DevelopmentInput Values, bool IsArchived, Guid? CoverId);

/// <summary>A page of a list.</summary>
/// <param name="Rows">The rows, in the asked order.</param>
/// <param name="Previous">Cursor of the page before, null on the first.</param>
/// <param name="Next">Cursor of the page after, null on the last.</param>
public sealed record CataloguePage(IReadOnlyList<CatalogueRow> Rows, string? Previous, string? Next);

/// <summary>Everything of one development.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number.</param>
/// <param name="Values">Its fields and units, as a form opens with them.</param>
/// <param name="AuthorName">Who added it; null for the hub itself and for accounts that are gone.</param>
/// <param name="CreatedAt">When it was added (UTC).</param>
/// <param name="UpdatedAt">Its last change (UTC).</param>
/// <param name="ArchivedAt">When it was archived (UTC).</param>
public sealed record DevelopmentDetails(
    Guid Id,
    long Number,
    DevelopmentInput Values,
    string? AuthorName,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ArchivedAt
);
