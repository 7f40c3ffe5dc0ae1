using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>What points are given or taken for.</summary>
public enum PointKind
{
    /// <summary>A lead was registered in the portal.</summary>
    LeadCreated = 1,

    /// <summary>A deal was won, by a hand here or in HubSpot.</summary>
    DealWon = 2,

    /// <summary>A deal that was won is open or lost after all: takes back exactly what was given for it.</summary>
    DealReopened = 3,

    /// <summary>A manager or an admin put something right.</summary>
    Correction = 4,
}

/// <summary>
/// One entry of the points' ledger. Entries are written once and never changed; what was wrong gets a counter entry.
/// Points are the sum over a person's entries and are stored nowhere else.
/// </summary>
public sealed class PointEntry
{
    /// <summary>Longest reason of a correction, in characters.</summary>
    public const int ReasonLength = 300;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose points: the lead's agent at that time. They stay with that person when the lead goes on.</summary>
    public Guid UserId { get; init; }

    /// <summary>How many; negative where they are taken.</summary>
    public int Points { get; init; }

    /// <summary>What for.</summary>
    public PointKind Kind { get; init; }

    /// <summary>The lead; null for corrections.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>
    /// The how many-eth time this happened to the lead, from 1. Unique with lead and kind, so that nothing is given twice
    /// whatever meets; a reopening has the number of the winning that it takes back.
    /// </summary>
    public int Sequence { get; init; }

    /// <summary>When it happened (UTC); for what happened in HubSpot, HubSpot's time. Decides in which month it counts.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The portal user who caused it; null for HubSpot's people and the hub itself.</summary>
    public Guid? ById { get; init; }

    /// <summary>Name of who caused it, as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>Why, for corrections.</summary>
    public string? Reason { get; init; }
}

internal sealed class PointEntryConfiguration : IEntityTypeConfiguration<PointEntry>
{
    public void Configure(EntityTypeBuilder<PointEntry> builder)
    {
        builder.ToTable(
            "point_entries",
            table =>
                table.HasCheckConstraint(
                    "ck_point_entries_lead_or_reason",
                    "(kind = 4) = (lead_id IS NULL) AND (kind = 4) = (reason IS NOT NULL)"
                )
        );
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.ByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(entry => entry.Reason).HasMaxLength(PointEntry.ReasonLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(entry => entry.ById).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Lead>().WithMany().HasForeignKey(entry => entry.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasIndex(entry => new
            {
                entry.LeadId,
                entry.Kind,
                entry.Sequence,
            })
            .IsUnique()
            .HasFilter("lead_id IS NOT NULL");
        builder.HasIndex(entry => entry.LeadId);
        builder.HasIndex(entry => entry.ById);

        // A person's ledger with its sum, and everybody's of a month.
        builder.HasIndex(entry => new
        {
            entry.UserId,
            entry.At,
            entry.Id,
        });
        builder.HasIndex(entry => entry.At);
    }
}
