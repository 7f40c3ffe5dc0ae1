using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>The leads that are there already of a batch's clients, by phone, mail and number.</summary>
internal sealed class KnownLeads
{
    private readonly Dictionary<string, List<Lead>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Lead> _byNumber = [];

    private KnownLeads(IEnumerable<Lead> leads)
    {
        foreach (var lead in leads.DistinctBy(lead => lead.Id))
        {
            _byNumber[lead.Number] = lead;
            foreach (var key in new[] { lead.Phone, lead.SecondPhone, lead.Email }.OfType<string>().Distinct())
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out _) ??= []).Add(lead);
            }
        }
    }

    /// <summary>Reads those that are not in the archive; one command, not tracked.</summary>
    public static async Task<KnownLeads> ReadAsync(
        HubDbContext db,
        IReadOnlyList<ReadRow> rows,
        CancellationToken cancellationToken
    )
    {
        var phones = rows.SelectMany(row => row.Phones).Distinct().ToArray();
        var mails = rows.Select(row => row.Input.Email).OfType<string>().Distinct().ToArray();
        var numbers = rows.Select(row => row.Number).OfType<long>().Distinct().ToArray();
        var leads = db
            .Leads.AsNoTracking()
            .Where(lead => lead.MergedIntoId == null && lead.ErasedAt == null && lead.ArchivedAt == null);
        // Each by its own index: for all of it in one condition and many rows the database would rather read the whole table.
        return new KnownLeads(
            await leads
                .Where(lead => phones.Contains(lead.Phone!))
                .Concat(leads.Where(lead => phones.Contains(lead.SecondPhone!)))
                .Concat(leads.Where(lead => mails.Contains(lead.Email!)))
                .Concat(leads.Where(lead => numbers.Contains(lead.Number)))
                .ToListAsync(cancellationToken)
        );
    }

    /// <summary>Those that share a phone, a mail or the number with a row.</summary>
    public IReadOnlyCollection<Lead> Of(ReadRow row)
    {
        var found = new HashSet<Lead>();
        foreach (var key in row.Keys)
        {
            found.UnionWith(_byKey.GetValueOrDefault(key) ?? []);
        }

        if (row.Number is { } number && _byNumber.TryGetValue(number, out var named))
        {
            found.Add(named);
        }

        return found;
    }
}
