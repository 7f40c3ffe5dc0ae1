namespace ProPartHub.Domain.People;

/// <summary>A group of agents led by one or more managers. A manager sees the leads of the own team.</summary>
public sealed class Team
{
    /// <summary>Longest team name, in characters.</summary>
    public const int NameLength = 80;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Name shown to people.</summary>
    public required string Name { get; set; }

    /// <summary>Agents and managers of the team.</summary>
    public ICollection<HubUser> Members { get; } = [];
}
