using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Transfer.Legacy;

namespace ProPartHub.Domain.Leads;

/// <content>Finding one lead among all by a few signs.</content>
public sealed partial class LeadQueries
{
    /// <summary>Most leads that <see cref="FindAsync"/> gives.</summary>
    public const int MostFound = 8;

    // Read for each reading; the best of these are given. Newest first, as that is what people look for.
    private const int Candidates = 24;

    /// <summary>
    /// The leads likeliest meant by what was typed, the archive included; by number, also that of the former portal, phone in any spelling, name, mail,
    /// company or Telegram, also when typed on the other keyboard layout. One command; none when the text is too short.
    /// </summary>
    /// <param name="actor">Who looks: only leads of the actor's list are found.</param>
    /// <param name="typed">The text as typed.</param>
    /// <param name="cancellationToken">Stops it in the database too.</param>
    /// <returns>At most <see cref="MostFound"/>, the best first.</returns>
    public async Task<IReadOnlyList<LeadRow>> FindAsync(Actor actor, string? typed, CancellationToken cancellationToken)
    {
        var readings = LeadReadings.Of(typed);
        if (readings.Count == 0)
        {
            return [];
        }

        await using var db = await _database.ReadAsync(cancellationToken);
        var number = LeadReadings.NumberOf(typed);
        var visible = db.Leads.VisibleTo(actor);
        var found = Found(visible, readings);
        if (number is not null)
        {
            // People keep the numbers of the former portal in old mails and notes.
            found = found.Concat(
                visible.Where(lead =>
                    db.LegacyIds.Any(old => old.Kind == LegacyKind.Lead && old.OldId == number && old.NewId == lead.Id)
                )
            );
        }

        var rows = await found.Select(ToRow).ToListAsync(cancellationToken);
        var start = SearchText.ForQuery(readings[0]);
        return
        [
            .. rows.DistinctBy(row => row.Id)
                .OrderByDescending(row => row.Number == number)
                .ThenBy(row => row.IsArchived)
                .ThenByDescending(row => StartsWith(row.ClientName, start))
                .ThenByDescending(row => row.Number)
                .Take(MostFound),
        ];
    }

    // Each reading apart, so that each uses the index that serves it.
    internal static IQueryable<Lead> Found(IQueryable<Lead> leads, IReadOnlyList<string> readings) =>
        readings
            .Select(reading => Search(leads, reading).OrderByDescending(lead => lead.Number).Take(Candidates))
            .Aggregate(Queryable.Concat);

    private static bool StartsWith(string name, string start) =>
        SearchText.Normalise(name).StartsWith(start, StringComparison.Ordinal);
}
