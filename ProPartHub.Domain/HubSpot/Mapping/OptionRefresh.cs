using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Brings the options of HubSpot's properties here, so that forms offer what the account takes: of each field the options
/// of the property that the hub writes.
/// </summary>
internal static class OptionRefresh
{
    /// <summary>Stores what HubSpot lists, inside the caller's transaction.</summary>
    /// <returns>True when anything changed.</returns>
    public static async Task<bool> StoreAsync(
        HubDbContext db,
        AccountSchema schema,
        CancellationToken cancellationToken
    )
    {
        var listed = PropertyTable
            .Rows.Where(row => LeadOptions.For(row.Field) is not null)
            .SelectMany(row => Options(schema, row))
            .ToDictionary(option => (option.Field, option.Value));
        var stored = await db.LeadOptions.ToDictionaryAsync(option => (option.Field, option.Value), cancellationToken);
        db.LeadOptions.RemoveRange(stored.Where(entry => !listed.ContainsKey(entry.Key)).Select(entry => entry.Value));
        foreach (var (key, option) in listed)
        {
            if (stored.TryGetValue(key, out var known))
            {
                (known.Label, known.Place, known.IsOffered) = (option.Label, option.Place, option.IsOffered);
            }
            else
            {
                db.LeadOptions.Add(option);
            }
        }

        return db.Changed<LeadOption>() > 0;
    }

    private static IEnumerable<LeadOption> Options(AccountSchema schema, PropertyTable.Row row)
    {
        var property = row.Writes.SelectMany(group => group).FirstOrDefault(schema.CanWrite);
        return schema
            .OptionsOf(property)
            .Where(option => option.Value is { Length: > 0 and <= LeadOption.TextLength })
            .DistinctBy(option => option.Value)
            // Negative places come last, as HubSpot shows them.
            .OrderBy(option => option.DisplayOrder is null or < 0)
            .ThenBy(option => option.DisplayOrder)
            .Select(
                (option, place) =>
                    new LeadOption
                    {
                        Field = row.Field,
                        Value = option.Value,
                        Label = Label(option),
                        Place = place,
                        IsOffered = !option.Hidden,
                    }
            );
    }

    private static string Label(HubSpotPropertyOption option) =>
        IncomingText.Cut(
            string.IsNullOrWhiteSpace(option.Label) ? option.Value : IncomingText.Readable(option.Label),
            LeadOption.TextLength
        )!;
}
