using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.Catalogue;

/// <summary>
/// The orders of the catalogue. Pages are read by row comparison (<c>(key, number) &gt; (x, y)</c>), the one form of keyset
/// paging that PostgreSQL answers from an index.
/// </summary>
internal static class CatalogueOrder
{
    /// <summary>In the order of the sort, from the place on.</summary>
    public static IQueryable<Development> Of(
        IQueryable<Development> found,
        CatalogueQuery query,
        CatalogueCursor? beyond
    )
    {
        var backward = query.Backward;
        switch (query.Sort)
        {
            case CatalogueSort.Name:
                if (beyond is { Key: var name, Number: var named })
                {
                    found = backward
                        ? found.Where(row =>
                            EF.Functions.LessThan(
                                ValueTuple.Create(row.Name, row.Number),
                                ValueTuple.Create(name, named)
                            )
                        )
                        : found.Where(row =>
                            EF.Functions.GreaterThan(
                                ValueTuple.Create(row.Name, row.Number),
                                ValueTuple.Create(name, named)
                            )
                        );
                }

                return backward
                    ? found.OrderByDescending(row => row.Name).ThenByDescending(row => row.Number)
                    : found.OrderBy(row => row.Name).ThenBy(row => row.Number);
            case CatalogueSort.Price:
                if (beyond is { Number: var priced } && KeyText.TryRead<decimal>(beyond.Key, out var price))
                {
                    found = backward
                        ? found.Where(row =>
                            EF.Functions.LessThan(
                                ValueTuple.Create(row.PriceFrom, row.Number),
                                ValueTuple.Create(price, priced)
                            )
                        )
                        : found.Where(row =>
                            EF.Functions.GreaterThan(
                                ValueTuple.Create(row.PriceFrom, row.Number),
                                ValueTuple.Create(price, priced)
                            )
                        );
                }

                return backward
                    ? found.OrderByDescending(row => row.PriceFrom).ThenByDescending(row => row.Number)
                    : found.OrderBy(row => row.PriceFrom).ThenBy(row => row.Number);
            default:
                if (beyond is { Number: var number })
                {
                    found = backward
                        ? found.Where(row => row.Number > number)
                        : found.Where(row => row.Number < number);
                }

                return backward ? found.OrderBy(row => row.Number) : found.OrderByDescending(row => row.Number);
        }
    }

    /// <summary>The place of a row.</summary>
    public static string PlaceOf(CatalogueRow row, CatalogueSort sort) =>
        new CatalogueCursor(
            row.Number,
            KeyText.Of(
                sort switch
                {
                    CatalogueSort.Name => row.Name,
                    CatalogueSort.Price => row.PriceFrom,
                    _ => null,
                }
            )
        ).Text;
}
