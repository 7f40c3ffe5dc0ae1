namespace ProPartHub.Domain.People;

/// <summary>What a person may see and do. Everybody has exactly one role, so it is a column and not a join table.</summary>
public enum Role
{
    /// <summary>Registers leads and works the own ones.</summary>
    Agent = 1,

    /// <summary>Sees and steers the team's leads and the unassigned pool.</summary>
    Manager = 2,

    /// <summary>Runs the hub: sees everything, manages accounts and the HubSpot connection.</summary>
    Admin = 3,
}
