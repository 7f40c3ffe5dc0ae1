using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Reports;

/// <summary>Names of the agents or teams of a report, in one command.</summary>
internal sealed class ReportNames(IReadOnlyDictionary<Guid, string> names)
{
    public static async Task<ReportNames> ReadAsync(
        HubDbContext db,
        ReportGrouping grouping,
        IEnumerable<string?> values,
        CancellationToken cancellationToken
    )
    {
        if (grouping is not (ReportGrouping.Agent or ReportGrouping.Team))
        {
            return new(new Dictionary<Guid, string>());
        }

        Guid[] wanted = [.. values.Where(value => !string.IsNullOrEmpty(value)).Select(value => Guid.Parse(value!))];
        return new(
            grouping is ReportGrouping.Agent
                ? await db
                    .Users.Where(user => wanted.Contains(user.Id))
                    .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken)
                : await db
                    .Teams.Where(team => wanted.Contains(team.Id))
                    .ToDictionaryAsync(team => team.Id, team => team.Name, cancellationToken)
        );
    }

    public ReportKey KeyOf(string? value) =>
        string.IsNullOrEmpty(value) ? new(null, null)
        : Guid.TryParse(value, out var id) ? new(value, names.GetValueOrDefault(id))
        : new(value, null);
}
