using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Agency.Shared;

/// <summary>
/// Under which name what is kept of a topic stands; triggers on the topic's tables give another name in the transaction of the
/// change itself. A name is never used twice, also after a backup was restored.
/// </summary>
public sealed class SharedReading
{
    /// <summary>The topic.</summary>
    public AgencyTopic Topic { get; init; }

    /// <summary>The name.</summary>
    public Guid Generation { get; set; }
}

internal sealed class SharedReadingConfiguration : IEntityTypeConfiguration<SharedReading>
{
    public void Configure(EntityTypeBuilder<SharedReading> builder)
    {
        builder.ToTable("shared_readings");
        builder.HasKey(row => row.Topic);
        builder.Property(row => row.Topic).HasConversion<string>().HasMaxLength(32);
    }
}
