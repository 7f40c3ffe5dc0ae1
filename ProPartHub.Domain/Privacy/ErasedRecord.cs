using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Privacy;

/// <summary>
/// A record of HubSpot's that belonged to an erased client: it is never taken in again, though HubSpot still has it.
/// HubSpot's number alone is kept, which says nothing of a person.
/// </summary>
public sealed class ErasedRecord
{
    /// <summary>HubSpot's object type: deals or contacts.</summary>
    public required string ObjectType { get; init; }

    /// <summary>HubSpot's id.</summary>
    public required string HubSpotId { get; init; }

    /// <summary>The lead it belonged to.</summary>
    public Guid LeadId { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset ErasedAt { get; init; }
}

internal sealed class ErasedRecordConfiguration : IEntityTypeConfiguration<ErasedRecord>
{
    public void Configure(EntityTypeBuilder<ErasedRecord> builder)
    {
        builder.ToTable("erased_records");
        builder.HasKey(record => new { record.ObjectType, record.HubSpotId });
        builder.Property(record => record.ObjectType).HasMaxLength(32);
        builder.Property(record => record.HubSpotId).HasMaxLength(32);
    }
}
