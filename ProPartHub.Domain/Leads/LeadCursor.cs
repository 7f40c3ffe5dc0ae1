using System.Buffers.Text;
using System.Globalization;
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
        var key = KeyOf(sort, row.UpdatedAt, row.ClientName, row.Status, row.Number);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{row.Id:N}{key}"));
    }

    /// <summary>The place of a lead that is not read from the list.</summary>
    public static LeadCursor For(LeadSort sort, LeadDetails lead) =>
        new(KeyOf(sort, lead.UpdatedAt, lead.Values.ClientName, lead.Status, lead.Number), lead.Id);

    private static string KeyOf(
        LeadSort sort,
        DateTimeOffset updatedAt,
        string clientName,
        LeadStatus status,
        long number
    ) =>
        sort switch
        {
            LeadSort.Updated => updatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
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
            LeadSort.Updated => ByUpdated(leads, descending, cursor),
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

    private static IQueryable<Lead> ByUpdated(IQueryable<Lead> leads, bool descending, LeadCursor? cursor)
    {
        if (cursor is not null && TryInstant(cursor.Key, out var at))
        {
            var (key, id) = (at, cursor.Id);
            leads = descending
                ? leads.Where(lead =>
                    EF.Functions.LessThan(ValueTuple.Create(lead.UpdatedAt, lead.Id), ValueTuple.Create(key, id))
                )
                : leads.Where(lead =>
                    EF.Functions.GreaterThan(ValueTuple.Create(lead.UpdatedAt, lead.Id), ValueTuple.Create(key, id))
                );
        }

        return descending
            ? leads.OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id)
            : leads.OrderBy(lead => lead.UpdatedAt).ThenBy(lead => lead.Id);
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
}
