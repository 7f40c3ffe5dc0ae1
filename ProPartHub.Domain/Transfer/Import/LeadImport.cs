using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>How far an import has come. Numbers are stored.</summary>
public enum ImportState
{
    /// <summary>A file is there; the person says what its columns are.</summary>
    Draft = 1,

    /// <summary>Its rows are read and judged; no lead is touched.</summary>
    Checking = 2,

    /// <summary>What would become of each row is known; the person decides.</summary>
    Checked = 3,

    /// <summary>Leads are created and changed.</summary>
    Running = 4,

    /// <summary>It has ended, or was cancelled on the way.</summary>
    Done = 5,

    /// <summary>It is being taken back.</summary>
    Undoing = 6,

    /// <summary>It was taken back.</summary>
    Undone = 7,
}

/// <summary>What is done with a row about a client whose lead is there already. Numbers are stored.</summary>
public enum DuplicatePolicy
{
    /// <summary>The row is left out.</summary>
    Skip = 1,

    /// <summary>The lead takes what the row says; blank cells change nothing.</summary>
    Update = 2,

    /// <summary>Another lead, where the form would allow it.</summary>
    Create = 3,
}

/// <summary>
/// One file of leads: what it is, how it is understood and how far it has come. The row is the job itself: whoever carries
/// it out holds its lock for one batch at a time, so a process that dies leaves it to the next, and a closed browser changes
/// nothing.
/// </summary>
public sealed class LeadImport
{
    /// <summary>How long it can be taken back, and its rows keep their cells.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    /// <summary>How long a file waits for its import to be started.</summary>
    public static readonly TimeSpan KeepDraft = TimeSpan.FromDays(1);

    /// <summary>Key, made by the caller (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who imports.</summary>
    public Guid ActorId { get; init; }

    /// <summary>The network address it was asked from.</summary>
    public string? Address { get; set; }

    /// <summary>Who takes it back.</summary>
    public Guid? UndoneById { get; set; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The file's size, in bytes.</summary>
    public long FileSize { get; init; }

    /// <summary>How far it has come.</summary>
    public ImportState State { get; set; } = ImportState.Draft;

    /// <summary>How the text is written; null for a workbook.</summary>
    public TextCoding? Coding { get; set; }

    /// <summary>What divides its cells; null for a workbook.</summary>
    public string? Separator { get; set; }

    /// <summary>The headings; none after the retention, as a file without any begins with a client.</summary>
    public IReadOnlyList<string> Headings { get; set; } = [];

    /// <summary>Tells files with the same headings from others.</summary>
    public string HeadingsHash { get; set; } = "";

    /// <summary>What each column is.</summary>
    public IReadOnlyList<ImportField> Mapping { get; set; } = [];

    /// <summary>Country of phones without a country code (ISO 3166).</summary>
    public string PhoneCountry { get; set; } = PhoneNumber.HomeCountry;

    /// <summary>What is done with duplicates.</summary>
    public DuplicatePolicy Policy { get; set; } = DuplicatePolicy.Skip;

    /// <summary>Whose the leads are that name nobody; null leaves them to the rules of assignment.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>How many rows the file has; 0 until they were read.</summary>
    public int Total { get; set; }

    /// <summary>How many had their turn in the present state.</summary>
    public int Processed { get; set; }

    /// <summary>How many leads were, or would be, created.</summary>
    public int Created { get; set; }

    /// <summary>How many were, or would be, changed.</summary>
    public int Updated { get; set; }

    /// <summary>How many rows were, or would be, left out as duplicates or because nothing changes.</summary>
    public int Skipped { get; set; }

    /// <summary>How many rows were, or would be, refused.</summary>
    public int Refused { get; set; }

    /// <summary>How many leads were given back as they were.</summary>
    public int TakenBack { get; set; }

    /// <summary>How many were left alone by the undo, as somebody has worked on them since.</summary>
    public int LeftAlone { get; set; }

    /// <summary>When the file came (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last changed how it is understood (UTC).</summary>
    public DateTimeOffset TouchedAt { get; set; }

    /// <summary>When it was started (UTC).</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When it was taken back (UTC).</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>When somebody asked to stop what is under way (UTC).</summary>
    public DateTimeOffset? StopAskedAt { get; set; }

    /// <summary>When its next batch is due (UTC); null while there is nothing to do.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How often a batch failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Why the file could not be read when it was checked.</summary>
    public FileTrouble? Trouble { get; set; }

    /// <summary>When cells and values were removed (UTC).</summary>
    public DateTimeOffset? EmptiedAt { get; set; }

    /// <summary>True while there is something to do in the background.</summary>
    public bool IsUnderWay => State is ImportState.Checking or ImportState.Running or ImportState.Undoing;

    /// <summary>Begins counting anew.</summary>
    internal void ResetCounts() => (Processed, Created, Updated, Skipped, Refused) = (0, 0, 0, 0, 0);
}

/// <summary>What was uploaded, until its rows were read.</summary>
public sealed class LeadImportFile
{
    /// <summary>The import.</summary>
    public Guid ImportId { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Content { get; init; }
}
