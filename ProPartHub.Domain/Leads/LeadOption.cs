using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.Leads;

/// <summary>An option of a field as HubSpot's account has it.</summary>
public sealed class LeadOption
{
    /// <summary>Longest value and label, in characters.</summary>
    public const int TextLength = 500;

    /// <summary>The field.</summary>
    public LeadField Field { get; init; }

    /// <summary>What is stored, here and in HubSpot.</summary>
    public required string Value { get; init; }

    /// <summary>What HubSpot's people read.</summary>
    public required string Label { get; set; }

    /// <summary>Place in the list, from 0.</summary>
    public int Place { get; set; }

    /// <summary>False for one that HubSpot hides: leads may hold it, nobody chooses it any more.</summary>
    public bool IsOffered { get; set; }
}

internal sealed class LeadOptionConfiguration : IEntityTypeConfiguration<LeadOption>
{
    public void Configure(EntityTypeBuilder<LeadOption> builder)
    {
        builder.ToTable("lead_options");
        builder.HasKey(option => new { option.Field, option.Value });
        builder.Property(option => option.Field).HasConversion<string>().HasMaxLength(32);
        builder.Property(option => option.Value).HasMaxLength(LeadOption.TextLength);
        builder.Property(option => option.Label).HasMaxLength(LeadOption.TextLength);
    }
}
