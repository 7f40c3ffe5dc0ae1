using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Rules;

/// <summary>A team to choose.</summary>
public sealed record TeamItem(Guid Id, string Name)
{
    /// <summary>The teams of people whom somebody may choose, by name.</summary>
    public static IReadOnlyList<TeamItem> Of(IEnumerable<PersonItem> people) =>
        [
            .. people
                .Where(person => person is { TeamId: not null, TeamName: not null })
                .Select(person => new TeamItem(person.TeamId!.Value, person.TeamName!))
                .Distinct()
                .OrderBy(team => team.Name, StringComparer.CurrentCulture),
        ];
}
