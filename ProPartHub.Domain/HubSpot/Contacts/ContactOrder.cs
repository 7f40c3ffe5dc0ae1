using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// The orders of contacts. Pages are read by row comparison (<c>(key, number) &gt; (x, y)</c>), the one form of keyset
/// paging that PostgreSQL answers from an index.
/// </summary>
internal static class ContactOrder
{
    /// <summary>In the order of the sort, from the place on.</summary>
    public static IQueryable<MirroredContact> Of(IQueryable<MirroredContact> found, ContactQuery query)
    {
        var isDown = query.IsDescending != query.Backward;
        var place = Read(query.Cursor);
        switch (query.Sort)
        {
            case ContactSort.Name:
                if (place is { Key: var name, Number: var named })
                {
                    found = isDown
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

                return Sorted(found, row => row.Name, isDown);
            case ContactSort.Changed:
                if (place is { Number: var changed } && KeyText.TryRead<DateTimeOffset>(place.Value.Key, out var last))
                {
                    found = isDown
                        ? found.Where(row =>
                            EF.Functions.LessThan(
                                ValueTuple.Create(row.UpdatedAt, row.Number),
                                ValueTuple.Create(last, changed)
                            )
                        )
                        : found.Where(row =>
                            EF.Functions.GreaterThan(
                                ValueTuple.Create(row.UpdatedAt, row.Number),
                                ValueTuple.Create(last, changed)
                            )
                        );
                }

                return Sorted(found, row => row.UpdatedAt, isDown);
            case ContactSort.Id:
                if (place is { Number: var number })
                {
                    found = isDown ? found.Where(row => row.Number < number) : found.Where(row => row.Number > number);
                }

                return isDown ? found.OrderByDescending(row => row.Number) : found.OrderBy(row => row.Number);
            default:
                if (place is { Number: var made } && KeyText.TryRead<DateTimeOffset>(place.Value.Key, out var first))
                {
                    found = isDown
                        ? found.Where(row =>
                            EF.Functions.LessThan(
                                ValueTuple.Create(row.CreatedAt, row.Number),
                                ValueTuple.Create(first, made)
                            )
                        )
                        : found.Where(row =>
                            EF.Functions.GreaterThan(
                                ValueTuple.Create(row.CreatedAt, row.Number),
                                ValueTuple.Create(first, made)
                            )
                        );
                }

                return Sorted(found, row => row.CreatedAt, isDown);
        }
    }

    /// <summary>The place of a row, as opaque text for a URL.</summary>
    public static string PlaceOf(ContactRow row, ContactSort sort)
    {
        var key = KeyText.Of(
            sort switch
            {
                ContactSort.Name => row.Name,
                ContactSort.Changed => row.UpdatedAt,
                ContactSort.Created => row.CreatedAt,
                _ => null,
            }
        );
        return CursorText.Of(string.Create(CultureInfo.InvariantCulture, $"{row.Number}.{key}"));
    }

    /// <summary>True when the text is a place at all.</summary>
    public static bool IsPlace(string? cursor) => Read(cursor) is not null;

    // A forged or stale one counts as none, which shows the first page.
    private static (long Number, string Key)? Read(string? cursor) =>
        CursorText.Read(cursor)?.Split('.', 2) is [var number, var key]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? (own, key)
            : null;

    private static IQueryable<MirroredContact> Sorted<TKey>(
        IQueryable<MirroredContact> found,
        Expression<Func<MirroredContact, TKey>> key,
        bool isDown
    ) =>
        isDown
            ? found.OrderByDescending(key).ThenByDescending(row => row.Number)
            : found.OrderBy(key).ThenBy(row => row.Number);
}
