using System.Buffers.Text;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// A place in a sorted list: the sort key and id of a row, as opaque text for a URL. Pages are read by row comparison
/// (<c>(key, id) &lt; (x, y)</c>), the one form of keyset paging that PostgreSQL answers from an index.
/// </summary>
internal sealed record LeadCursor(string Key, Guid Id)
{
    public static string For(LeadSort sort, LeadRow row)
    {
        var key = KeyOf(sort, row.Number, row.ClientName, row.Status, row.CreatedAt, row.UpdatedAt, row.StageChangedAt);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{row.Id:N}{key}"));
    }

    /// <summary>The place of a lead that is not read from the list.</summary>
    public static LeadCursor For(LeadSort sort, LeadDetails lead) =>
        new(
            KeyOf(
                sort,
                lead.Number,
                lead.Values.ClientName,
                lead.Status,
                lead.CreatedAt,
                lead.UpdatedAt,
                lead.StageChangedAt
            ),
            lead.Id
        );

    private static string KeyOf(
        LeadSort sort,
        long number,
        string clientName,
        LeadStatus status,
        DateTimeOffset createdAt,
        DateTimeOffset updatedAt,
        DateTimeOffset stageChangedAt
    ) =>
        sort switch
        {
            LeadSort.Updated => Ticks(updatedAt),
            LeadSort.Created => Ticks(createdAt),
            LeadSort.InStage => Ticks(stageChangedAt),
            LeadSort.Name => clientName,
            LeadSort.Status => ((int)status).ToString(CultureInfo.InvariantCulture),
            _ => number.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>Reads a cursor; a forged or stale one counts as none, which shows the first page.</summary>
    public static LeadCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 1000 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Length > 32 && Guid.TryParseExact(plain[..32], "N", out var id) && !plain.Contains('\0')
            ? new LeadCursor(plain[32..], id)
            : null;
    }

    /// <summary>Sorts, and leaves only rows beyond the cursor.</summary>
    public static IQueryable<Lead> Apply(IQueryable<Lead> leads, LeadSort sort, bool descending, LeadCursor? cursor) =>
        sort switch
        {
            LeadSort.Updated => ByMoment(leads, lead => lead.UpdatedAt, descending, cursor),
            LeadSort.Created => ByMoment(leads, lead => lead.CreatedAt, descending, cursor),
            LeadSort.InStage => ByMoment(leads, lead => lead.StageChangedAt, descending, cursor),
            LeadSort.Name => ByName(leads, descending, cursor),
            LeadSort.Status => ByStatus(leads, descending, cursor),
            _ => ByNumber(leads, descending, cursor),
        };

    private static IQueryable<Lead> ByNumber(IQueryable<Lead> leads, bool descending, LeadCursor? cursor)
    {
        if (cursor is not null && long.TryParse(cursor.Key, CultureInfo.InvariantCulture, out var number))
        {
            leads = descending ? leads.Where(lead => lead.Number < number) : leads.Where(lead => lead.Number > number);
        }

        return descending ? leads.OrderByDescending(lead => lead.Number) : leads.OrderBy(lead => lead.Number);
    }

    private static IQueryable<Lead> ByMoment(
        IQueryable<Lead> leads,
        Expression<Func<Lead, DateTimeOffset>> moment,
        bool descending,
        LeadCursor? cursor
    )
    {
        if (cursor is not null && TryInstant(cursor.Key, out var at))
        {
            var (key, id) = (at, cursor.Id);
            Expression<Func<DateTimeOffset, Guid, bool>> beyond = descending
                ? (value, own) => EF.Functions.LessThan(ValueTuple.Create(value, own), ValueTuple.Create(key, id))
                : (value, own) => EF.Functions.GreaterThan(ValueTuple.Create(value, own), ValueTuple.Create(key, id));
            leads = leads.Where(Of(beyond, moment));
        }

        return descending
            ? leads.OrderByDescending(moment).ThenByDescending(lead => lead.Id)
            : leads.OrderBy(moment).ThenBy(lead => lead.Id);
    }

    // The comparison with the lead's moment and id in place of its two parameters.
    private static Expression<Func<Lead, bool>> Of(
        Expression<Func<DateTimeOffset, Guid, bool>> beyond,
        Expression<Func<Lead, DateTimeOffset>> moment
    )
    {
        var lead = moment.Parameters[0];
        var values = new Dictionary<Expression, Expression>
        {
            [beyond.Parameters[0]] = moment.Body,
            [beyond.Parameters[1]] = Expression.Property(lead, nameof(Lead.Id)),
        };
        return Expression.Lambda<Func<Lead, bool>>(new Exchange(values).Visit(beyond.Body), lead);
    }

    private static IQueryable<Lead> ByName(IQueryable<Lead> leads, bool descending, LeadCursor? cursor)
    {
        if (cursor is not null)
        {
            var (key, id) = (cursor.Key, cursor.Id);
            leads = descending
                ? leads.Where(lead =>
                    EF.Functions.LessThan(ValueTuple.Create(lead.ClientName, lead.Id), ValueTuple.Create(key, id))
                )
                : leads.Where(lead =>
                    EF.Functions.GreaterThan(ValueTuple.Create(lead.ClientName, lead.Id), ValueTuple.Create(key, id))
                );
        }

        return descending
            ? leads.OrderByDescending(lead => lead.ClientName).ThenByDescending(lead => lead.Id)
            : leads.OrderBy(lead => lead.ClientName).ThenBy(lead => lead.Id);
    }

    private static IQueryable<Lead> ByStatus(IQueryable<Lead> leads, bool descending, LeadCursor? cursor)
    {
        if (cursor is not null && Enum.TryParse<LeadStatus>(cursor.Key, out var status))
        {
            var (key, id) = (status, cursor.Id);
            leads = descending
                ? leads.Where(lead =>
                    EF.Functions.LessThan(ValueTuple.Create(lead.Status, lead.Id), ValueTuple.Create(key, id))
                )
                : leads.Where(lead =>
                    EF.Functions.GreaterThan(ValueTuple.Create(lead.Status, lead.Id), ValueTuple.Create(key, id))
                );
        }

        return descending
            ? leads.OrderByDescending(lead => lead.Status).ThenByDescending(lead => lead.Id)
            : leads.OrderBy(lead => lead.Status).ThenBy(lead => lead.Id);
    }

    private static string Ticks(DateTimeOffset moment) => moment.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (
            !long.TryParse(text, CultureInfo.InvariantCulture, out var ticks)
            || ticks < DateTimeOffset.MinValue.Ticks
            || ticks > DateTimeOffset.MaxValue.Ticks
        )
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private sealed class Exchange(Dictionary<Expression, Expression> values) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            values.TryGetValue(node, out var value) ? value : node;
    }
}
