namespace ProPartHub.Domain.Leads;

/// <summary>Where a lead stood before a move.</summary>
/// <param name="StageId">Its stage.</param>
/// <param name="RefusalReason">Why it was lost, if that was said.</param>
public sealed record LeadPlace(Guid StageId, string? RefusalReason);
