using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.People.Verification;

/// <summary>How a request for verification stands.</summary>
public enum VerificationState
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting = 1,

    /// <summary>Something is missing; the agent asks again with it.</summary>
    MoreAsked = 2,

    /// <summary>The agent is verified.</summary>
    Approved = 3,

    /// <summary>Declined; the agent may ask again.</summary>
    Rejected = 4,

    /// <summary>The verification was taken back; a record of its own, without documents.</summary>
    Revoked = 5,
}

/// <summary>One request of an agent to be verified, with the one decision about it.</summary>
public sealed class VerificationRequest
{
    /// <summary>Longest message, in characters.</summary>
    public const int WordsLength = 1000;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The agent.</summary>
    public Guid UserId { get; init; }

    /// <summary>The agent.</summary>
    public HubUser User { get; init; } = null!;

    /// <summary>How it stands.</summary>
    public VerificationState State { get; set; }

    /// <summary>What the agent wrote.</summary>
    public string? Message { get; init; }

    /// <summary>When the agent asked (UTC).</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was decided (UTC).</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>Name of who decided, at that time.</summary>
    public string? DecidedByName { get; set; }

    /// <summary>What who decided wrote to the agent.</summary>
    public string? Words { get; set; }

    /// <summary>What was handed in.</summary>
    public ICollection<VerificationDocument> Documents { get; } = [];
}

/// <summary>A document of a request.</summary>
public sealed class VerificationDocument
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The request.</summary>
    public Guid RequestId { get; init; }

    /// <summary>The request.</summary>
    public VerificationRequest Request { get; init; } = null!;

    /// <summary>The agent's name of it, cleaned; never a path.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, as its first bytes say.</summary>
    public FileType Type { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Its content; null until <see cref="FormerFiles"/> has brought it from where files lay before the store.</summary>
    public Guid? StoredFileId { get; init; }

    /// <summary>Name of its file there; null once its content is in the store.</summary>
    public string? FormerFileName { get; init; }
}

/// <summary>Share of an agent from a moment on; never changed, a new one follows.</summary>
public sealed class CommissionRate
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The agent.</summary>
    public Guid UserId { get; init; }

    /// <summary>Percent, with two decimals.</summary>
    public decimal Percent { get; init; }

    /// <summary>From when (UTC).</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Who set it.</summary>
    public Guid? SetById { get; init; }

    /// <summary>Name of who set it, at that time.</summary>
    public required string SetByName { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

internal sealed class VerificationConfiguration
    : IEntityTypeConfiguration<VerificationRequest>,
        IEntityTypeConfiguration<VerificationDocument>,
        IEntityTypeConfiguration<CommissionRate>
{
    public void Configure(EntityTypeBuilder<VerificationRequest> builder)
    {
        builder.ToTable("verification_requests");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Message).HasMaxLength(VerificationRequest.WordsLength);
        builder.Property(row => row.Words).HasMaxLength(VerificationRequest.WordsLength);
        builder.Property(row => row.DecidedByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne(row => row.User).WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.DecidedById).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => new { row.UserId, row.AskedAt });
        builder.HasIndex(row => row.DecidedById);
        // The queue; and one request of an agent at a time.
        builder.HasIndex(row => new { row.AskedAt, row.Id }).HasFilter("state = 1");
        builder
            .HasIndex(row => row.UserId)
            .IsUnique()
            .HasFilter("state = 1")
            .HasDatabaseName("ix_verification_requests_one_waiting");
    }

    public void Configure(EntityTypeBuilder<VerificationDocument> builder)
    {
        builder.ToTable("verification_documents");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(VerificationDocument.NameLength);
        builder.Property(row => row.FormerFileName).HasColumnName("file_name").HasMaxLength(64);
        builder
            .HasOne<StoredFile>()
            .WithMany()
            .HasForeignKey(row => row.StoredFileId)
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne(row => row.Request)
            .WithMany(request => request.Documents)
            .HasForeignKey(row => row.RequestId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.RequestId);
        builder.HasIndex(row => row.StoredFileId);
    }

    public void Configure(EntityTypeBuilder<CommissionRate> builder)
    {
        builder.ToTable("commission_rates");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Percent).HasPrecision(5, 2);
        builder.Property(row => row.SetByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(row => row.Reason).HasMaxLength(VerificationRequest.WordsLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.SetById).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => new { row.UserId, row.Since });
        builder.HasIndex(row => row.SetById);
        builder.ToTable(table => table.HasCheckConstraint("ck_commission_rates_percent", "percent BETWEEN 0 AND 100"));
    }
}
