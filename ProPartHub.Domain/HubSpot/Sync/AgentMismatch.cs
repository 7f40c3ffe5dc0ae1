namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// One way in which leads have another agent here than in HubSpot. With <paramref name="Theirs"/>,
/// <paramref name="UnknownOwner"/> and <paramref name="UnknownName"/> all null, HubSpot names nobody at all.
/// </summary>
/// <param name="Theirs">The person here whom HubSpot names.</param>
/// <param name="UnknownOwner">Otherwise the id of an owner who is nobody here.</param>
/// <param name="UnknownName">Otherwise a name, in capitals, that is nobody's here.</param>
/// <param name="Ours">The agent here; null for the pool.</param>
public sealed record AgentMismatchKey(Guid? Theirs, string? UnknownOwner, string? UnknownName, Guid? Ours)
{
    /// <summary>
    /// Whether the leads can get HubSpot's agent: not while that is somebody who is nobody here, or they would get none.
    /// </summary>
    public bool CanTake => Theirs is not null || (UnknownOwner is null && UnknownName is null);
}

/// <summary>Leads whose agents differ in one way.</summary>
/// <param name="Key">The way.</param>
/// <param name="TheirName">Whom HubSpot names: the person's name here, or the owner's or agent's name there; null for nobody.</param>
/// <param name="OurName">The agent's name here; null for the pool.</param>
/// <param name="Leads">How many leads.</param>
/// <param name="Tellable">How many of them HubSpot can be told of.</param>
public sealed record AgentMismatch(AgentMismatchKey Key, string? TheirName, string? OurName, int Leads, int Tellable);

/// <summary>A lead whose agent differs.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Number">Its number.</param>
/// <param name="ClientName">Its client.</param>
/// <param name="IsArchived">It is archived here.</param>
public sealed record MismatchedLead(Guid LeadId, long Number, string ClientName, bool IsArchived);
