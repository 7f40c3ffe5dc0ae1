using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>How a file is to be understood.</summary>
/// <param name="Mapping">What each column is, as many as there are headings.</param>
/// <param name="PhoneCountry">Country of phones without a country code, one of <see cref="ImportCountries"/>.</param>
/// <param name="Policy">What is done with duplicates.</param>
/// <param name="AgentId">Whose the leads are that name nobody; null leaves them to the rules of assignment.</param>
public sealed record ImportChoices(
    IReadOnlyList<ImportField> Mapping,
    string PhoneCountry,
    DuplicatePolicy Policy,
    Guid? AgentId
);

/// <summary>An import as pages show it. Moments are UTC.</summary>
/// <param name="Import">What is stored of it.</param>
/// <param name="ActorName">Who imports.</param>
/// <param name="UndoneByName">Who took it back.</param>
/// <param name="CanUndo">True when it can be taken back now.</param>
public sealed record ImportView(LeadImport Import, string ActorName, string? UndoneByName, bool CanUndo);

/// <summary>A page of imports.</summary>
/// <param name="Imports">The latest first.</param>
/// <param name="Next">Where the next page begins; null for none.</param>
public sealed record ImportPage(IReadOnlyList<ImportView> Imports, ImportPlace? Next);

/// <summary>A place in the list of imports.</summary>
/// <param name="CreatedAt">When the last one shown came (UTC).</param>
/// <param name="Id">Its key.</param>
public sealed record ImportPlace(DateTimeOffset CreatedAt, Guid Id);

/// <summary>The first rows of a file as they would be understood.</summary>
/// <param name="Rows">The rows.</param>
public sealed record ImportPreview(IReadOnlyList<PreviewRow> Rows);

/// <summary>One of them.</summary>
/// <param name="Number">Its place in the file.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Values">What each of its fields would hold: stored values, for stage and agent what the cell says.</param>
/// <param name="Faults">What could not be read or breaks a rule.</param>
public sealed record PreviewRow(
    int Number,
    IReadOnlyList<string> Cells,
    IReadOnlyDictionary<LeadField, string> Values,
    IReadOnlyList<ImportFault> Faults
);

/// <summary>A row that was, or would be, refused or left out.</summary>
/// <param name="Number">Its place in the file.</param>
/// <param name="Cells">Its cells; none once they were removed.</param>
/// <param name="Outcome">What became of it, or would.</param>
/// <param name="Faults">Why.</param>
/// <param name="LeadId">The lead it is about; null where there is none that the reader may see.</param>
/// <param name="LeadNumber">That lead's number.</param>
/// <param name="ClientName">That lead's client.</param>
public sealed record ImportProblem(
    int Number,
    IReadOnlyList<string> Cells,
    ImportOutcome Outcome,
    IReadOnlyList<ImportFault> Faults,
    Guid? LeadId,
    long? LeadNumber,
    string? ClientName
);
