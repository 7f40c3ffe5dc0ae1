using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>
/// The catalogue's filters, sort and place as the address of its page, so that reload, back and a shared link show the same.
/// A value that makes no sense counts as absent.
/// </summary>
internal static class CatalogueAddress
{
    public const string Path = "/properties";
    public const string New = $"{Path}/new";

    private const string Search = "q";
    private const string Country = "country";
    private const string City = "city";
    private const string District = "district";
    private const string Kind = "kind";
    private const string PriceFrom = "from";
    private const string PriceTo = "to";
    private const string Rooms = "rooms";
    private const string Size = "size";
    private const string Most = "most";
    private const string View = "view";
    private const string Archive = "archive";
    private const string Sort = "sort";
    private const string After = "after";
    private const string Before = "before";

    // Cities, prices and names are shorter.
    private const int LongestText = 200;

    /// <summary>The page of one.</summary>
    public static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{number}");

    /// <summary>Some of them side by side.</summary>
    public static string Compare(IEnumerable<long> numbers) =>
        QueryHelpers.AddQueryString(
            $"{Path}/compare",
            numbers.Select(number => KeyValuePair.Create("n", (string?)number.ToString(CultureInfo.InvariantCulture)))
        );

    /// <summary>Its form.</summary>
    public static string Edit(long number) => $"{Of(number)}/edit";

    /// <summary>Reads the address of the page.</summary>
    public static CatalogueQuery Read(Uri address)
    {
        var values = QueryHelpers.ParseQuery(address.Query);
        var before = Text(Before);
        return new CatalogueQuery
        {
            Search = Text(Search),
            Country = Text(Country),
            City = Text(City),
            District = Text(District),
            Kind = Text(Kind),
            PriceFrom = Amount(Text(PriceFrom), CatalogueLimits.Price),
            PriceTo = Amount(Text(PriceTo), CatalogueLimits.Price),
            UnitType = RoomsOf(Text(Rooms)),
            SizeFrom = Amount(Text(Size), CatalogueLimits.Size),
            SizeTo = Amount(Text(Most), CatalogueLimits.Size),
            Archived = Text(View) == Archive,
            Sort = SortOf(Text(Sort)),
            Cursor =
                before
                ?? values.GetValueOrDefault(After).ToString() switch
                {
                    "" => null,
                    var after => after,
                },
            Backward = before is not null,
        };

        string? Text(string name) =>
            values.GetValueOrDefault(name).ToString().Trim() is { Length: > 0 } text
                ? text[..Math.Min(text.Length, name is Before ? text.Length : LongestText)]
                : null;
    }

    /// <summary>Writes a query as the address of the page.</summary>
    public static string Write(CatalogueQuery query)
    {
        var values = new Dictionary<string, string?>
        {
            [Search] = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim(),
            [Country] = query.Country,
            [City] = query.City,
            [District] = query.District,
            [Kind] = query.Kind,
            [PriceFrom] = Text(query.PriceFrom),
            [PriceTo] = Text(query.PriceTo),
            [Rooms] = query.UnitType is { } type ? Text((int)type) : null,
            [Size] = Text(query.SizeFrom),
            [Most] = Text(query.SizeTo),
            [View] = query.Archived ? Archive : null,
            [Sort] = query.Sort is CatalogueSort.Newest ? null : query.Sort.ToString().ToLowerInvariant(),
            [query.Backward ? Before : After] = query.Cursor,
        };
        return QueryHelpers.AddQueryString(Path, values.Where(value => value.Value is not null).ToDictionary());
    }

    /// <summary>An amount as an input hands it over; null for what is none.</summary>
    public static decimal? Amount(string? text, decimal most) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount > 0
        && amount <= most
            ? amount
            : null;

    /// <summary>An amount as an input and an address write it.</summary>
    public static string? Text(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Rooms as an address has them.</summary>
    public static UnitType? RoomsOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rooms)
        && Enum.IsDefined((UnitType)rooms)
            ? (UnitType)rooms
            : null;

    /// <summary>A sort by its name; the first for what is none.</summary>
    public static CatalogueSort SortOf(string? text) =>
        Enum.TryParse<CatalogueSort>(text, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : default;
}
