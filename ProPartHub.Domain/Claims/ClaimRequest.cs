using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Claims;

/// <summary>What became of a question for a client.</summary>
public enum ClaimState
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting = 1,

    /// <summary>The client went to who asked.</summary>
    Granted = 2,

    /// <summary>The client stays where it is.</summary>
    Refused = 3,

    /// <summary>Who asked took the question back.</summary>
    Withdrawn = 4,

    /// <summary>There was nothing left to decide: the lead was closed, archived or erased meanwhile.</summary>
    Lapsed = 5,
}

/// <summary>
/// An agent's question for a client whom somebody else's lead holds. It never tells who asks more than that the client is
/// held; who decides sees both sides.
/// </summary>
public sealed class ClaimRequest
{
    /// <summary>Longest words of either side, in characters.</summary>
    public const int WordsLength = 1000;

    /// <summary>Most questions of one agent that may wait at a time.</summary>
    public const int MostWaiting = 20;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The lead that holds the client.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Who asks.</summary>
    public Guid AskedById { get; init; }

    /// <summary>The phone as who asks typed it, in E.164: by it that person knows which client it is about.</summary>
    public required string Phone { get; set; }

    /// <summary>Why the client should be theirs.</summary>
    public string? Words { get; set; }

    /// <summary>When it was asked (UTC).</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What became of it.</summary>
    public ClaimState State { get; set; } = ClaimState.Waiting;

    /// <summary>When it was decided or taken back (UTC).</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>Name of who decided, as it was then.</summary>
    public string? DecidedByName { get; set; }

    /// <summary>Why it was decided so; both agents read it.</summary>
    public string? Decision { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}

internal sealed class ClaimRequestConfiguration : IEntityTypeConfiguration<ClaimRequest>
{
    public void Configure(EntityTypeBuilder<ClaimRequest> builder)
    {
        builder.ToTable("claim_requests");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Phone).HasMaxLength(LeadLimits.Phone);
        builder.Property(row => row.Words).HasMaxLength(ClaimRequest.WordsLength);
        builder.Property(row => row.Decision).HasMaxLength(ClaimRequest.WordsLength);
        builder.Property(row => row.DecidedByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AskedById).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.DecidedById).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => row.DecidedById);
        builder.HasIndex(row => row.LeadId);

        // One question for a client at a time; the queue by when they were asked; a person's own, newest first.
        builder.HasIndex(row => new { row.LeadId, row.AskedById }).IsUnique().HasFilter("state = 1");
        builder.HasIndex(row => new { row.AskedAt, row.Id }).HasFilter("state = 1");
        builder.HasIndex(row => new
        {
            row.AskedById,
            row.AskedAt,
            row.Id,
        });
    }
}
