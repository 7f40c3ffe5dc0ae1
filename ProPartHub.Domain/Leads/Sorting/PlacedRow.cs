using System.Linq.Expressions;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>A row with what it is sorted by.</summary>
/// <param name="Row">The row.</param>
/// <param name="Key">What it is sorted by.</param>
/// <param name="Stretch">In which stretch of the list it stands.</param>
internal sealed record PlacedRow(LeadRow Row, object? Key, int Stretch)
{
    /// <summary>Its place in the list.</summary>
    public LeadCursor Place => new(Stretch, KeyText.Of(Key), Row.Number, Row.Id);

    /// <summary>Reads rows with such a key.</summary>
    public static Expression<Func<Lead, PlacedRow>> From(Expression<Func<Lead, object?>> key, int stretch)
    {
        var row = LeadQueries.ToRow;
        return Expression.Lambda<Func<Lead, PlacedRow>>(
            Expression.New(
                typeof(PlacedRow).GetConstructor([typeof(LeadRow), typeof(object), typeof(int)])!,
                row.Body,
                new Replacement(key.Parameters[0], row.Parameters[0]).Visit(key.Body),
                Expression.Constant(stretch)
            ),
            row.Parameters
        );
    }
}
