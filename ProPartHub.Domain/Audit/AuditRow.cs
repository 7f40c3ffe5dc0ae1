using System.Globalization;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Audit;

/// <summary>What the audit is narrowed to; every part that is set must hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Who did it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The account it is about.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The short number of the lead it is about.</summary>
    public long? LeadNumber { get; init; }

    /// <summary>Kinds of event.</summary>
    public AuditGroup? Group { get; init; }

    /// <summary>From which address, as it was recorded.</summary>
    public string? Address { get; init; }

    /// <summary>Not before (UTC).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before (UTC).</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>True when anything narrows it.</summary>
    public bool IsNarrowed => this != new AuditFilter();
}

/// <summary>A place in the list, newest first.</summary>
/// <param name="At">The row's time (UTC).</param>
/// <param name="Source">Its table: of one instant, events of leads come first.</param>
/// <param name="Id">Its key.</param>
public sealed record AuditPlace(DateTimeOffset At, AuditSource Source, long Id)
{
    /// <summary>As text for a URL.</summary>
    public string Write() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks / TimeSpan.TicksPerMicrosecond}.{(int)Source}.{Id}");

    /// <summary>Reads a place; a forged one counts as none, which shows the newest.</summary>
    public static AuditPlace? Read(string? text) =>
        text?.Split('.') is [var at, var source, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds <= DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond
        && int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var table)
        && Enum.IsDefined((AuditSource)table)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? new AuditPlace(
                new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
                (AuditSource)table,
                key
            )
            : null;
}

/// <summary>One event of the audit.</summary>
/// <param name="Place">Where it stands in the list.</param>
/// <param name="Security">What happened, for what is not a change of a lead.</param>
/// <param name="Lead">What happened to a lead.</param>
/// <param name="Origin">Where a lead's change came from.</param>
/// <param name="ActorId">Who did it, when known.</param>
/// <param name="ActorName">Name of who did it, as it was then.</param>
/// <param name="Address">From where.</param>
/// <param name="UserId">The account it is about.</param>
/// <param name="LeadId">The lead it is about.</param>
/// <param name="Facts">Values before and after, and further facts.</param>
/// <param name="ErasedAt">When its content was erased (UTC).</param>
public sealed record AuditRow(
    AuditPlace Place,
    SecurityEventKind? Security,
    LeadEventKind? Lead,
    ChangeOrigin? Origin,
    Guid? ActorId,
    string? ActorName,
    string? Address,
    Guid? UserId,
    Guid? LeadId,
    IReadOnlyList<AuditFact> Facts,
    DateTimeOffset? ErasedAt
);

/// <summary>One fact of an event.</summary>
/// <param name="Name">Name of a lead's field or of a detail.</param>
/// <param name="Before">Value before.</param>
/// <param name="After">Value after, or the fact itself.</param>
/// <param name="IsChange">True where something went from a value to another.</param>
public sealed record AuditFact(string Name, string? Before, string? After, bool IsChange)
{
    private const string BeforeSuffix = " before";

    /// <summary>
    /// Details as facts: "role before" and "role" are one change, and so are "before" and "after" of a setting.
    /// </summary>
    internal static IReadOnlyList<AuditFact> Of(IReadOnlyDictionary<string, string?> details)
    {
        var facts = new List<AuditFact>();
        foreach (var (name, value) in details.Where(detail => !IsHalf(detail.Key, details)))
        {
            if (details.TryGetValue(name + BeforeSuffix, out var before))
            {
                facts.Add(new AuditFact(name, before, value, IsChange: true));
            }
            else if (name == "after")
            {
                facts.Add(new AuditFact("value", details["before"], value, IsChange: true));
            }
            else
            {
                facts.Add(new AuditFact(name, null, value, IsChange: false));
            }
        }

        return facts;
    }

    // What a lead began with was nothing before: that needs no arrow.
    internal static IReadOnlyList<AuditFact> Of(LeadEventKind kind, IReadOnlyList<FieldChange> changes) =>
        [
            .. changes.Select(change => new AuditFact(
                change.Field,
                change.Before,
                change.After,
                IsChange: kind is not LeadEventKind.Created
                    && change.Before != change.After
                    && change.Field != FieldChange.Reason
            )),
        ];

    private static bool IsHalf(string name, IReadOnlyDictionary<string, string?> details) =>
        (name.EndsWith(BeforeSuffix, StringComparison.Ordinal) && details.ContainsKey(name[..^BeforeSuffix.Length]))
        || (name is "before" && details.ContainsKey("after"))
        || (name is "after" && !details.ContainsKey("before"));
}

/// <summary>A stretch of the audit.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Older">Where the next page begins; null at the end.</param>
/// <param name="People">Names of the accounts in it.</param>
/// <param name="Leads">Numbers and clients of the leads in it.</param>
/// <param name="Stages">Labels of the stages in it.</param>
public sealed record AuditStretch(
    IReadOnlyList<AuditRow> Rows,
    AuditPlace? Older,
    IReadOnlyDictionary<Guid, string> People,
    IReadOnlyDictionary<Guid, AuditLead> Leads,
    IReadOnlyDictionary<Guid, string> Stages
);

/// <summary>A lead as the audit names it.</summary>
public sealed record AuditLead(long Number, string ClientName);

/// <summary>How the seal stands.</summary>
/// <param name="SealedAt">When the last link was added (UTC).</param>
/// <param name="Position">How many links there are.</param>
/// <param name="Waiting">How many events wait, counted up to ten thousand.</param>
/// <param name="VerifiedAt">When the chain was verified last (UTC).</param>
/// <param name="VerifiedPosition">Up to which link it was intact then.</param>
/// <param name="Fault">What was wrong then; null when nothing was.</param>
public sealed record AuditSealStatus(
    DateTimeOffset? SealedAt,
    long Position,
    long Waiting,
    DateTimeOffset? VerifiedAt,
    long VerifiedPosition,
    string? Fault
);
