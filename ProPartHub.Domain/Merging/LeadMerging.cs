using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <summary>
/// That two leads of one client were made one, with exactly what that did, so that it can be taken back. While the row is
/// there the losing lead is merged; taking back removes it, and what happened stays in both histories.
/// </summary>
public sealed class LeadMerging
{
    /// <summary>How long a merge can be taken back while neither lead is changed.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromHours(24);

    /// <summary>Events that are no change of a lead, after which a merge can still be taken back.</summary>
    internal static readonly LeadEventKind[] Unchanging = [LeadEventKind.SyncStateChanged, LeadEventKind.RuleApplied];

    /// <summary>The lead that was merged into the other and lies in the archive.</summary>
    public Guid LoserId { get; init; }

    /// <summary>The lead that stayed.</summary>
    public Guid SurvivorId { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Name of who did it, as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>The last event that the merge wrote about either lead: what comes later is a change since.</summary>
    public long LastEventId { get; set; }

    /// <summary>What moved and what stood before.</summary>
    public MergedContent Content { get; set; } = new();
}

/// <summary>What a merge moved from one lead to the other and what it wrote over, by which it is taken back.</summary>
public sealed record MergedContent
{
    /// <summary>Comments that moved.</summary>
    public IReadOnlyList<Guid> Comments { get; init; } = [];

    /// <summary>Calls, mails and meetings that moved.</summary>
    public IReadOnlyList<Guid> Activities { get; init; } = [];

    /// <summary>Follow-ups that moved.</summary>
    public IReadOnlyList<Guid> FollowUps { get; init; } = [];

    /// <summary>Waiting questions of other agents for the client that moved.</summary>
    public IReadOnlyList<Guid> Claims { get; init; } = [];

    /// <summary>Documents that moved.</summary>
    public IReadOnlyList<Guid> Documents { get; init; } = [];

    /// <summary>Links to properties for its client that moved.</summary>
    public IReadOnlyList<Guid> SharedLinks { get; init; } = [];

    /// <summary>Tags that the survivor got; the other keeps its own.</summary>
    public IReadOnlyList<Guid> Tags { get; init; } = [];

    /// <summary>The survivor's values that were written over, by field.</summary>
    public IReadOnlyDictionary<LeadField, string?> Values { get; init; } = new Dictionary<LeadField, string?>();

    /// <summary>What else stood in the survivor.</summary>
    public MergedMoments? Survivor { get; init; }

    /// <summary>What needed attention in the other.</summary>
    public Attention LoserAttention { get; init; }

    /// <summary>True where the other waited for a rule to give it to an agent.</summary>
    public bool LoserAwaitsAssignment { get; init; }
}

/// <summary>What a merge writes over in a lead beside its fields.</summary>
public sealed record MergedMoments(
    Attention Attention,
    DateTimeOffset WorkedAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? ConsentAt,
    DateTimeOffset? ConsentWithdrawnAt,
    string? ConsentNote,
    string? ConsentBy
)
{
    /// <summary>As they stand.</summary>
    public static MergedMoments Of(Lead lead) =>
        new(
            lead.Attention,
            lead.WorkedAt,
            lead.AnsweredAt,
            lead.ConsentAt,
            lead.ConsentWithdrawnAt,
            lead.ConsentNote,
            lead.ConsentBy
        );

    /// <summary>Puts them back.</summary>
    public void WriteTo(Lead lead)
    {
        (lead.Attention, lead.WorkedAt, lead.AnsweredAt) = (Attention, WorkedAt, AnsweredAt);
        (lead.ConsentAt, lead.ConsentWithdrawnAt) = (ConsentAt, ConsentWithdrawnAt);
        (lead.ConsentNote, lead.ConsentBy) = (ConsentNote, ConsentBy);
    }
}

internal sealed class LeadMergingConfiguration : IEntityTypeConfiguration<LeadMerging>
{
    public void Configure(EntityTypeBuilder<LeadMerging> builder)
    {
        builder.ToTable("lead_mergings");
        builder.HasKey(row => row.LoserId);
        builder.Property(row => row.LoserId).ValueGeneratedNever();
        builder.Property(row => row.ByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(row => row.Content).IsJson();
        builder
            .HasOne<Lead>()
            .WithOne()
            .HasForeignKey<LeadMerging>(row => row.LoserId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.SurvivorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.SurvivorId);
    }
}
