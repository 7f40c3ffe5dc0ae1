using Microsoft.EntityFrameworkCore;

namespace ProPartHub.Domain.Data;

/// <summary>One page of a list that is short enough to be counted and paged by number.</summary>
/// <param name="Rows">What it shows.</param>
/// <param name="Number">Which page, from 1; the last one where a later one was asked for.</param>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Size">Rows of a full page.</param>
public sealed record NumberedPage<T>(IReadOnlyList<T> Rows, int Number, int Total, int Size)
{
    /// <summary>How many pages there are; at least one.</summary>
    public int Pages => NumberedPages.Count(Total, Size);
}

internal static class NumberedPages
{
    public static int Count(int total, int size) => Math.Max(1, (total + size - 1) / size);

    /// <summary>Counts the rows and reads one page of them; two commands.</summary>
    /// <param name="rows">The rows, in an order that leaves no ties.</param>
    /// <param name="number">Which page, from 1; taken to the nearest that exists.</param>
    /// <param name="size">Rows of a full page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<NumberedPage<T>> PageAsync<T>(
        this IQueryable<T> rows,
        int number,
        int size,
        CancellationToken cancellationToken
    )
    {
        var total = await rows.CountAsync(cancellationToken);
        number = Math.Clamp(number, 1, Count(total, size));
        var page = await rows.Skip((number - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new NumberedPage<T>(page, number, total, size);
    }

    /// <summary>One page of rows that were computed in memory.</summary>
    /// <param name="rows">All rows, in order.</param>
    /// <param name="number">Which page, from 1; taken to the nearest that exists.</param>
    /// <param name="size">Rows of a full page.</param>
    public static NumberedPage<T> Page<T>(this IReadOnlyList<T> rows, int number, int size)
    {
        number = Math.Clamp(number, 1, Count(rows.Count, size));
        return new NumberedPage<T>([.. rows.Skip((number - 1) * size).Take(size)], number, rows.Count, size);
    }
}
