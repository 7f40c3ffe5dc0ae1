using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Sharing;

/// <summary>A secret address by which a client sees a property, or one unit of it, without an account.</summary>
public sealed class SharedLink
{
    /// <summary>For how many days a link can be made.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30, 90];

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it shows.</summary>
    public Guid DevelopmentId { get; init; }

    /// <summary>The only unit that it shows; null for all. No key of a table: a unit may go.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>The lead whose client it is for.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>Who made it.</summary>
    public Guid AuthorId { get; init; }

    /// <summary>SHA-256 of the address's secret part: who reads the database can open no link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Whether it shows prices and the payment plan.</summary>
    public bool WithPrices { get; init; }

    /// <summary>Whether it shows the author's mail address.</summary>
    public bool WithContacts { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Up to when it opens (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was taken back (UTC).</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>How often clients saw it; a visitor counts once a day.</summary>
    public int Views { get; set; }

    /// <summary>When a client first saw it (UTC).</summary>
    public DateTimeOffset? FirstSeenAt { get; set; }

    /// <summary>When a client last saw it (UTC).</summary>
    public DateTimeOffset? LastSeenAt { get; set; }
}

/// <summary>
/// That a visitor saw a link on a day, by a hash that tells nothing of the visitor. Kept for that day alone, since it only
/// keeps one visitor from being counted twice.
/// </summary>
public sealed class SharedLinkVisit
{
    /// <summary>The link.</summary>
    public Guid LinkId { get; init; }

    /// <summary>The day, in UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Address and browser of the visitor, hashed with the link's own secret.</summary>
    public required byte[] VisitorHash { get; init; }
}

internal sealed class SharedLinkConfiguration
    : IEntityTypeConfiguration<SharedLink>,
        IEntityTypeConfiguration<SharedLinkVisit>
{
    public void Configure(EntityTypeBuilder<SharedLink> builder)
    {
        builder.ToTable("shared_links");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder
            .HasOne<Development>()
            .WithMany()
            .HasForeignKey(row => row.DevelopmentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.TokenHash).IsUnique();
        builder.HasIndex(row => new { row.DevelopmentId, row.CreatedAt });
        builder.HasIndex(row => row.LeadId);
        builder.HasIndex(row => row.AuthorId);
    }

    public void Configure(EntityTypeBuilder<SharedLinkVisit> builder)
    {
        builder.ToTable("shared_link_visits");
        builder.HasKey(row => new
        {
            row.LinkId,
            row.Day,
            row.VisitorHash,
        });
        builder.HasOne<SharedLink>().WithMany().HasForeignKey(row => row.LinkId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.Day);
    }
}
