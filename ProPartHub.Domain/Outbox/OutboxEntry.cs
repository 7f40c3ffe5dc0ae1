using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Outbox;

/// <summary>What kind of thing waits to be carried to HubSpot.</summary>
public enum OutboxKind
{
    /// <summary>A lead's fields, stage or agent.</summary>
    Lead = 1,

    /// <summary>A comment.</summary>
    Comment = 2,

    /// <summary>A follow-up.</summary>
    FollowUp = 3,
}

/// <summary>
/// A mark that something here may differ from HubSpot and waits to be carried there. It is state, not a message:
/// one row however many edits, and what to send is found by comparing with the snapshot last agreed. Written in the
/// transaction of the edit; removed by the worker only while <see cref="Revision"/> is still the one it read.
/// </summary>
public sealed class OutboxEntry
{
    /// <summary>What kind of thing.</summary>
    public OutboxKind Kind { get; init; }

    /// <summary>Id of the lead, comment or follow-up.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The lead it belongs to.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Counts the edits since the mark was made.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>When the oldest edit still waiting was made (UTC).</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Failed tries.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before (UTC); moved on by backoff.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it was set aside because HubSpot refuses it (UTC); an admin decides what becomes of it.</summary>
    public DateTimeOffset? ParkedAt { get; set; }

    /// <summary>HubSpot's own words of the last refusal.</summary>
    public string? LastError { get; set; }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(entry => new { entry.Kind, entry.SubjectId });
        builder.HasOne<Leads.Lead>().WithMany().HasForeignKey(entry => entry.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(entry => entry.LeadId);
        builder.HasIndex(entry => entry.DueAt).HasFilter("parked_at IS NULL");
        builder.HasIndex(entry => new { entry.ParkedAt, entry.SubjectId }).HasFilter("parked_at IS NOT NULL");
    }
}
