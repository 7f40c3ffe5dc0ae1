using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Leads.Tags;

/// <summary>The palette of tags: few colours that are told apart in light and dark. Numbers are stored.</summary>
public enum TagColour
{
    /// <summary>Grey.</summary>
    Grey = 1,

    /// <summary>Red.</summary>
    Red,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Teal.</summary>
    Teal,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Violet.</summary>
    Violet,
}

/// <summary>A word that people put on leads; the whole agency has the same ones.</summary>
public sealed class Tag
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 40;

    /// <summary>Most tags in use at once: a list that is still read.</summary>
    public const int Most = 60;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it says; of tags in use no two say the same, whatever the case.</summary>
    public required string Name { get; set; }

    /// <summary>Its colour.</summary>
    public TagColour Colour { get; set; }

    /// <summary>When it was taken out of use (UTC): no list, menu or filter shows it then, and leads keep it for the day it
    /// comes back.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}

/// <summary>That a lead has a tag.</summary>
public sealed class LeadTag
{
    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>The tag.</summary>
    public Guid TagId { get; init; }

    /// <summary>The tag.</summary>
    public Tag Tag { get; init; } = null!;
}

/// <summary>A tag as lists and menus show it.</summary>
public sealed record TagItem(Guid Id, string Name, TagColour Colour);

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>, IEntityTypeConfiguration<LeadTag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("tags");
        builder.Property(tag => tag.Id).ValueGeneratedNever();
        builder.Property(tag => tag.Version).IsRowVersion();
        builder.Property(tag => tag.Name).HasMaxLength(Tag.NameLength).UseCollation("uk-x-icu");
        builder.HasIndex(tag => tag.Name).IsUnique().HasFilter("retired_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<LeadTag> builder)
    {
        builder.ToTable("lead_tags");
        builder.HasKey(row => new { row.LeadId, row.TagId });
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(row => row.Tag).WithMany().HasForeignKey(row => row.TagId).OnDelete(DeleteBehavior.Restrict);

        // The filter: which leads have a tag.
        builder.HasIndex(row => new { row.TagId, row.LeadId });
    }
}
