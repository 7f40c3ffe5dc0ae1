using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Live;

/// <summary>A change that was committed.</summary>
/// <param name="Stamp">Text written into the row.</param>
/// <param name="Number">The lead's number as pages show it.</param>
/// <param name="CommittedAt">Timestamp just before COMMIT.</param>
internal sealed record StampedChange(string Stamp, string Number, long CommittedAt);

/// <summary>Renames leads through the portal's own service, at a steady rate; each new name is a stamp to look for.</summary>
internal sealed class StampWriter(ScratchHub hub, CommitClock clock)
{
    // No lead changes twice within a batch's window, or one stamp would rightly be skipped.
    private const int Leads = 20;

    /// <summary>A page that shows the leads which are renamed.</summary>
    public const string ListPage = "/leads";

    /// <summary>What a stamp looks like inside a text.</summary>
    public const string Pattern = @"Stamp \d{6}";

    public async Task<IReadOnlyList<StampedChange>> WriteAsync(
        int rate,
        int seconds,
        CancellationToken cancellationToken
    )
    {
        var query = new LeadListQuery { PageSize = Leads };
        var rows = (await hub.Get<LeadQueries>().PageAsync(Actor.System, query, cancellationToken)).Rows;
        var written = new List<StampedChange>();
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < rate * seconds; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / rate) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            written.Add(await RenameAsync(rows[number % rows.Count], number, cancellationToken));
        }

        return written;
    }

    private async Task<StampedChange> RenameAsync(LeadRow row, int number, CancellationToken cancellationToken)
    {
        var stamp = "Stamp " + number.ToString("000000", CultureInfo.InvariantCulture);
        var opened = (await hub.Get<LeadQueries>().DetailsAsync(Actor.System, row.Id, cancellationToken)).Values;
        await hub.Get<LeadService>()
            .EditAsync(
                Actor.System,
                row.Id,
                opened,
                opened with
                {
                    ClientName = stamp,
                },
                FrozenSet<LeadField>.Empty,
                cancellationToken
            );
        return new StampedChange(stamp, $"L-{row.Number}", clock.Last);
    }
}
