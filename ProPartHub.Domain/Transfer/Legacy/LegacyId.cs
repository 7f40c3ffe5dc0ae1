using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>What a row of the former portal became here. Numbers are stored.</summary>
public enum LegacyKind
{
    /// <summary>An account.</summary>
    User = 1,

    /// <summary>The team of an admin's brokers, by the admin's id.</summary>
    Team = 2,

    /// <summary>A lead.</summary>
    Lead = 3,

    /// <summary>A comment.</summary>
    Comment = 4,

    /// <summary>A development of the catalogue.</summary>
    Property = 5,

    /// <summary>A unit of a development.</summary>
    Unit = 6,

    /// <summary>A picture of a development.</summary>
    PropertyPhoto = 7,

    /// <summary>A picture of a unit.</summary>
    UnitPhoto = 8,

    /// <summary>A document of a development.</summary>
    PropertyDocument = 9,

    /// <summary>A document of a person.</summary>
    UserDocument = 10,
}

/// <summary>
/// Which row of the former portal stands here as what, and what was last brought of it. Values are kept as prints alone:
/// they tell whether a value is still the brought one, and nothing of a client lies here a second time.
/// </summary>
public sealed class LegacyId
{
    /// <summary>What it is.</summary>
    public LegacyKind Kind { get; init; }

    /// <summary>Its number in the former portal.</summary>
    public long OldId { get; init; }

    /// <summary>The row here; it may have been deleted since.</summary>
    public Guid NewId { get; init; }

    /// <summary>Print of the whole old row as last read; equal means that nothing changed there.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Print of each field as last brought, by its name: the base of the comparison with both sides.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; set; } = new Dictionary<string, string>();

    /// <summary>When something of it was last brought (UTC).</summary>
    public DateTimeOffset BroughtAt { get; set; }
}

internal sealed class LegacyIdConfiguration : IEntityTypeConfiguration<LegacyId>
{
    public void Configure(EntityTypeBuilder<LegacyId> builder)
    {
        builder.ToTable("legacy_ids");
        builder.HasKey(row => new { row.Kind, row.OldId });
        builder.Property(row => row.Hash).HasMaxLength(LegacyPrint.Length);
        builder.Property(row => row.Fields).IsJson();
        builder.HasIndex(row => new { row.NewId, row.Kind });
    }
}
