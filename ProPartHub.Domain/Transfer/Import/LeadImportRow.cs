using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>What became of a row, or would become of it. Numbers are stored.</summary>
public enum ImportOutcome
{
    /// <summary>Its turn is to come.</summary>
    Waiting = 0,

    /// <summary>A new lead.</summary>
    Created = 1,

    /// <summary>A lead that was there takes its values.</summary>
    Updated = 2,

    /// <summary>Left out: the client is there already, or nothing would change.</summary>
    Skipped = 3,

    /// <summary>Breaks a rule; its faults say which.</summary>
    Refused = 4,
}

/// <summary>What the undo did to a row's lead. Numbers are stored.</summary>
public enum ImportUndo
{
    /// <summary>It is as it was before.</summary>
    TakenBack = 1,

    /// <summary>Somebody has worked on it since, or may not be undone by this person.</summary>
    LeftAlone = 2,
}

/// <summary>What is wrong with a row, or why it was left out.</summary>
/// <param name="Field">The field it is about: an <see cref="ImportField"/> by its name, or empty.</param>
/// <param name="Code">One of <see cref="Errors.FieldErrorCode"/> or <see cref="ImportFaultCode"/>.</param>
/// <param name="Limit">The limit that was missed, as text.</param>
/// <param name="Row">The earlier row of the file that it is about.</param>
public sealed record ImportFault(string Field, string Code, string? Limit = null, int? Row = null);

/// <summary>Codes of <see cref="ImportFault"/> beside those of fields.</summary>
public static class ImportFaultCode
{
    /// <summary>No amount, range or preset.</summary>
    public const string UnreadableAmount = nameof(UnreadableAmount);

    /// <summary>No day.</summary>
    public const string UnreadableDay = nameof(UnreadableDay);

    /// <summary>Nobody whom the person may give leads to has this name.</summary>
    public const string UnknownAgent = nameof(UnknownAgent);

    /// <summary>Several people have this name.</summary>
    public const string AmbiguousAgent = nameof(AmbiguousAgent);

    /// <summary>A lead of this client is there.</summary>
    public const string LeadIsThere = nameof(LeadIsThere);

    /// <summary>Somebody else has registered the client.</summary>
    public const string RegisteredElsewhere = nameof(RegisteredElsewhere);

    /// <summary>An earlier row of the file is about the same client.</summary>
    public const string SameInFile = nameof(SameInFile);

    /// <summary>The lead is so already.</summary>
    public const string NothingNew = nameof(NothingNew);

    /// <summary>Somebody has removed or merged the lead meanwhile, or it was handed out of sight.</summary>
    public const string LeadIsGone = nameof(LeadIsGone);

    /// <summary>The person may not do this.</summary>
    public const string NotAllowed = nameof(NotAllowed);
}

/// <summary>One row of a file, with what became of it.</summary>
public sealed class LeadImportRow
{
    /// <summary>The import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>Its place in the file, as a spreadsheet counts: the headings are row 1 in most.</summary>
    public int Number { get; init; }

    /// <summary>Its cells as they are in the file; null once they were removed.</summary>
    public IReadOnlyList<string>? Cells { get; set; }

    /// <summary>Phones and mail by which its client is found again; null once they were removed.</summary>
    public string[]? Keys { get; set; }

    /// <summary>What would become of it, by the check.</summary>
    public ImportOutcome Plan { get; set; }

    /// <summary>What became of it.</summary>
    public ImportOutcome Outcome { get; set; }

    /// <summary>Why it was refused or left out, there or here.</summary>
    public IReadOnlyList<ImportFault> Faults { get; set; } = [];

    /// <summary>Its lead: created, changed, or the reason why it was left out.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>The last event that the import wrote about the lead: what is later was done by somebody else.</summary>
    public long? EventId { get; set; }

    /// <summary>What the import changed, with the values of before; null once they were removed.</summary>
    public IReadOnlyList<FieldChange>? Changes { get; set; }

    /// <summary>What the undo did.</summary>
    public ImportUndo? Undo { get; set; }
}
