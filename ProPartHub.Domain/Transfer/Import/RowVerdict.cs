namespace ProPartHub.Domain.Transfer.Import;

/// <summary>What is to become of a row.</summary>
/// <param name="Outcome">What.</param>
/// <param name="LeadId">The lead it is about; null for a new one, and for one that an earlier row is about to make.</param>
/// <param name="Twin">The earlier row of the file about the same client; null for none.</param>
/// <param name="Faults">Why, where it is refused or left out.</param>
internal sealed record RowVerdict(ImportOutcome Outcome, Guid? LeadId, int? Twin, IReadOnlyList<ImportFault> Faults)
{
    public static RowVerdict Refused(params IReadOnlyList<ImportFault> faults) =>
        new(ImportOutcome.Refused, null, null, faults);
}
