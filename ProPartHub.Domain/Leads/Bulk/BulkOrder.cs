namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>What shall be done to each of many leads.</summary>
/// <param name="Kind">What; all but <see cref="BulkKind.Undo"/>, which is asked for by the act it takes back.</param>
/// <param name="StageId">For a move: where to.</param>
/// <param name="RefusalReason">For a move to a stage that means lost: why.</param>
/// <param name="AgentId">For a transfer: to whom; null for the pool.</param>
/// <param name="Reason">For a transfer: why, for each lead's history.</param>
/// <param name="TagId">For tags: which.</param>
public sealed record BulkOrder(
    BulkKind Kind,
    Guid? StageId = null,
    string? RefusalReason = null,
    Guid? AgentId = null,
    string? Reason = null,
    Guid? TagId = null
);

/// <summary>Upon which leads.</summary>
/// <param name="LeadIds">These; null for <paramref name="Matching"/>.</param>
/// <param name="Matching">All that a list finds, whatever page of it is shown; null for <paramref name="LeadIds"/>.</param>
/// <param name="Filter">The list's filter in words or as its address, for the audit.</param>
public sealed record BulkTarget(IReadOnlyCollection<Guid>? LeadIds, LeadListQuery? Matching, string? Filter);

/// <summary>An act as its report shows it. Moments are UTC.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">What was done.</param>
/// <param name="UndoneKind">For an undo, what it takes back.</param>
/// <param name="Target">The stage, agent or tag by name; null for the pool and where there is none.</param>
/// <param name="State">How it stands.</param>
/// <param name="IsStopping">True when somebody asked to stop it and the batch under way goes on.</param>
/// <param name="Total">How many leads it is about.</param>
/// <param name="Processed">How many had their turn.</param>
/// <param name="Changed">How many were changed.</param>
/// <param name="Refused">How many were refused.</param>
/// <param name="LeftAlone">For an undo, how many others had changed since.</param>
/// <param name="CanUndo">True when it can be taken back now.</param>
public sealed record BulkReport(
    Guid Id,
    BulkKind Kind,
    BulkKind? UndoneKind,
    string? Target,
    BulkState State,
    bool IsStopping,
    int Total,
    int Processed,
    int Changed,
    int Refused,
    int LeftAlone,
    bool CanUndo
);

/// <summary>One lead of a report's list of those that were not changed as wished.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Number">Its number; null when the reader may not see it any more.</param>
/// <param name="ClientName">Its client; null likewise.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">Why.</param>
public sealed record BulkRemainder(Guid LeadId, long? Number, string? ClientName, BulkOutcome Outcome, string? Code);
