using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Merging;

/// <summary>A lead that may be about the same client, as the card on a lead's page shows it.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Number">Its number.</param>
/// <param name="ClientName">The client's name there.</param>
/// <param name="AgentName">Whose it is; null in the pool.</param>
/// <param name="StageLabel">Its stage.</param>
/// <param name="Status">The stage's meaning.</param>
/// <param name="SamePhone">True where a phone is the same.</param>
/// <param name="SameEmail">True where the mail is the same.</param>
/// <param name="SameTelegram">True where the Telegram name is the same.</param>
public sealed record SuspectLead(
    Guid Id,
    long Number,
    string ClientName,
    string? AgentName,
    string StageLabel,
    LeadStatus Status,
    bool SamePhone,
    bool SameEmail,
    bool SameTelegram
);

/// <summary>A lead that was merged into the one that is shown.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was merged (UTC).</param>
/// <param name="ByName">Who merged it.</param>
/// <param name="Attention">What needs attention there since.</param>
/// <param name="MaySee">Whether the reader may open it, and so take the merge back.</param>
/// <param name="UndoUntil">Until when the merge can be taken back (UTC); null where it stands.</param>
public sealed record AbsorbedLead(
    Guid Id,
    long Number,
    DateTimeOffset At,
    string ByName,
    Attention Attention,
    bool MaySee,
    DateTimeOffset? UndoUntil
);

/// <summary>What a lead's page shows of other leads of the same client.</summary>
/// <param name="Suspects">Leads that may be about the same client, at most <see cref="SameClientQueries.Most"/>.</param>
/// <param name="HasMore">True where there are more.</param>
/// <param name="Absorbed">Leads that were merged into this one, the last first.</param>
public sealed record SameClientCard(
    IReadOnlyList<SuspectLead> Suspects,
    bool HasMore,
    IReadOnlyList<AbsorbedLead> Absorbed
);

/// <summary>How much hangs on a lead and moves with a merge.</summary>
public sealed record MergeCounts(int Comments, int Activities, int FollowUps, int OpenFollowUps, int Tags, int Claims);

/// <summary>One of two leads side by side.</summary>
public sealed record MergeSide(
    Guid Id,
    long Number,
    LeadInput Values,
    Guid? AgentId,
    string? AgentName,
    string StageLabel,
    LeadStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? DealId,
    bool IsArchived,
    MergeCounts Counts
);

/// <summary>Two leads side by side.</summary>
/// <param name="Left">The one from whose page somebody came.</param>
/// <param name="Right">The other.</param>
/// <param name="Fields">Their fields, those that differ first.</param>
/// <param name="AreToldApart">True where somebody said that they are about two clients.</param>
public sealed record MergeComparison(
    MergeSide Left,
    MergeSide Right,
    IReadOnlyList<MergeField> Fields,
    bool AreToldApart
);

/// <summary>What somebody chose for a merge, over what was seen.</summary>
/// <param name="SurvivorId">The lead that stays.</param>
/// <param name="LoserId">The lead that is merged into it.</param>
/// <param name="Values">The values of the merged lead, each of them one of the two leads' own; fields that are missing stay
/// as the survivor has them.</param>
/// <param name="SeenSurvivor">The survivor's values as they were shown.</param>
/// <param name="SeenLoser">The other's values as they were shown.</param>
public sealed record MergeOrder(
    Guid SurvivorId,
    Guid LoserId,
    IReadOnlyDictionary<LeadField, string?> Values,
    LeadInput SeenSurvivor,
    LeadInput SeenLoser
);
