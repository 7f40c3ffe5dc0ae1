namespace ProPartHub.Domain.People.Accounts;

/// <summary>What becomes of a person of whom a move to another manager is asked.</summary>
public enum TeamMoveOutcome
{
    /// <summary>Moves.</summary>
    Moves = 1,

    /// <summary>Is in that manager's team already.</summary>
    AlreadyThere,

    /// <summary>Leads a team, and so is nobody's to move.</summary>
    LeadsATeam,

    /// <summary>Runs the hub and belongs to no team.</summary>
    IsAdmin,

    /// <summary>Stays after an undo, because somebody has changed role or team since.</summary>
    ChangedSince,
}

/// <summary>One person of a move.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Name shown to colleagues.</param>
/// <param name="TeamId">Team before the move.</param>
/// <param name="TeamName">Its name.</param>
/// <param name="Leads">Leads that go along, archived ones too.</param>
/// <param name="Outcome">What becomes of the person.</param>
public sealed record TeamMoveRow(
    Guid Id,
    string Name,
    Guid? TeamId,
    string? TeamName,
    int Leads,
    TeamMoveOutcome Outcome
);

/// <summary>What a move to a manager will change, or has changed.</summary>
/// <param name="ManagerId">The manager.</param>
/// <param name="ManagerName">Name of the manager.</param>
/// <param name="TeamId">The manager's team.</param>
/// <param name="TeamName">Its name.</param>
/// <param name="Rows">Everybody asked about who is there, by name.</param>
/// <param name="Gone">How many of those asked about have no account any more.</param>
public sealed record TeamMovePlan(
    Guid ManagerId,
    string ManagerName,
    Guid TeamId,
    string TeamName,
    IReadOnlyList<TeamMoveRow> Rows,
    int Gone
)
{
    /// <summary>Those of one outcome.</summary>
    public IReadOnlyList<TeamMoveRow> Of(TeamMoveOutcome outcome) => [.. Rows.Where(row => row.Outcome == outcome)];

    /// <summary>Those who stay where they are though they are not there yet.</summary>
    public IReadOnlyList<TeamMoveRow> Refused =>
        [.. Rows.Where(row => row.Outcome is not (TeamMoveOutcome.Moves or TeamMoveOutcome.AlreadyThere))];

    /// <summary>Leads that go along.</summary>
    public int Leads => Of(TeamMoveOutcome.Moves).Sum(row => row.Leads);
}
