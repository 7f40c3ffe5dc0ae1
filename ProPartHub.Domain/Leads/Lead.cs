using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// A client's wish to buy, worked by one agent: the portal's side of a HubSpot deal and its contact.
/// Fields that people and HubSpot both edit are listed in <see cref="LeadField"/>.
/// </summary>
public sealed class Lead : ILeadValues, IAssigned
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short number for people, shown as <c>L-10482</c>; given by the database.</summary>
    public long Number { get; init; }

    /// <inheritdoc/>
    public Guid? AgentId { get; set; }

    /// <summary>The agent who works the lead.</summary>
    public HubUser? Agent { get; set; }

    /// <summary>The agent's team, kept here so that a manager's queries need no join.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>Stage of the HubSpot pipeline.</summary>
    public Guid StageId { get; set; }

    /// <summary>Stage of the HubSpot pipeline.</summary>
    public Stage Stage { get; set; } = null!;

    /// <summary>The stage's meaning, kept here for sorting and figures.</summary>
    public LeadStatus Status { get; set; } = LeadStatus.New;

    /// <summary>When the lead came into its stage (UTC).</summary>
    public DateTimeOffset StageChangedAt { get; set; }

    /// <inheritdoc/>
    public required string ClientName { get; set; }

    /// <inheritdoc/>
    public string? Phone { get; set; }

    /// <inheritdoc/>
    public string? SecondPhone { get; set; }

    /// <inheritdoc/>
    public string? Email { get; set; }

    /// <inheritdoc/>
    public string? Company { get; set; }

    /// <inheritdoc/>
    public string? Telegram { get; set; }

    /// <inheritdoc/>
    public string? Messenger { get; set; }

    /// <inheritdoc/>
    public DateOnly? BirthDate { get; set; }

    /// <inheritdoc/>
    public decimal? BudgetFrom { get; set; }

    /// <inheritdoc/>
    public decimal? BudgetTo { get; set; }

    /// <inheritdoc/>
    public string Currency { get; set; } = "USD";

    /// <inheritdoc/>
    public string? Country { get; set; }

    /// <inheritdoc/>
    public string? PurchaseGoal { get; set; }

    /// <inheritdoc/>
    public string? PropertyType { get; set; }

    /// <inheritdoc/>
    public string? ObjectType { get; set; }

    /// <inheritdoc/>
    public string? Language { get; set; }

    /// <inheritdoc/>
    public string? Source { get; set; }

    /// <inheritdoc/>
    public string? RefusalReason { get; set; }

    /// <inheritdoc/>
    public string? Notes { get; set; }

    /// <summary>When the lead was last handed from one agent to another (UTC).</summary>
    public DateTimeOffset? TransferredAt { get; set; }

    /// <summary>
    /// When somebody last worked with the client (UTC): the lead's agent commented, did a follow-up or sent a message, a call, mail or meeting
    /// took place, the stage moved, or the lead came to its agent. By this a client is protected and a lead counts as quiet.
    /// </summary>
    public DateTimeOffset WorkedAt { get; set; }

    /// <summary>When the lead came to its agent or into the pool (UTC): from here the first answer is awaited.</summary>
    public DateTimeOffset AssignedAt { get; set; }

    /// <summary>When its agent first answered (UTC); null while that is awaited, and anew for every agent.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>True for a new lead in the pool that no rule of assignment has looked at yet.</summary>
    public bool AwaitsAssignment { get; set; }

    /// <summary>When the lead was archived (UTC); archived leads leave lists and figures but are never deleted.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The lead of the same client into which this one, archived since, was merged; it cannot be changed any more.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>When it was recorded that the client agreed to the keeping of personal data (UTC); null where nobody did.
    /// All of it together is <see cref="LeadConsent"/>.</summary>
    public DateTimeOffset? ConsentAt { get; set; }

    /// <summary>When it was recorded that the client took the consent back (UTC).</summary>
    public DateTimeOffset? ConsentWithdrawnAt { get; set; }

    /// <summary>How the client said so, and to which text or version.</summary>
    public string? ConsentNote { get; set; }

    /// <summary>Name of who recorded the consent or its withdrawal, as it was then.</summary>
    public string? ConsentBy { get; set; }

    /// <summary>When the client's data were erased (UTC): nothing can be changed any more and nothing goes to HubSpot.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>What an import could not bring in order.</summary>
    public Attention Attention { get; set; }

    /// <summary>True for made-up leads: they are never pushed to a real HubSpot account.</summary>
    public bool IsDemo { get; set; }

    /// <summary>Normalised text of everything that search looks in; see <see cref="SearchText"/>.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>When the lead was registered, here or in HubSpot (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change of any kind that a person would call a change (UTC).</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    /// <summary>True while the deal is neither won, lost nor archived.</summary>
    public bool IsOpen => ArchivedAt is null && Status is not (LeadStatus.Won or LeadStatus.Lost);
}
