using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Prices;

/// <summary>
/// One price as it was before and after a change: of a development from the lowest to the highest, or of one of its units
/// with whether it could be had. A unit that is gone keeps its history by what it was. Prices are in USD.
/// </summary>
public sealed class PriceChange
{
    /// <summary>Key (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Of which development.</summary>
    public Guid DevelopmentId { get; init; }

    /// <summary>Which of its units; null for the development itself.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Rooms of the unit, as they were then.</summary>
    public UnitType? UnitType { get; init; }

    /// <summary>Its smallest size, in square metres.</summary>
    public decimal? SizeFrom { get; init; }

    /// <summary>The price before, or the lowest; null for a unit that is new.</summary>
    public decimal? Before { get; init; }

    /// <summary>The highest price before.</summary>
    public decimal? BeforeTo { get; init; }

    /// <summary>The price after, or the lowest; null for a unit that is gone.</summary>
    public decimal? After { get; init; }

    /// <summary>The highest price after.</summary>
    public decimal? AfterTo { get; init; }

    /// <summary>Whether the unit could be had before.</summary>
    public bool? WasAvailable { get; init; }

    /// <summary>Whether it can be had after.</summary>
    public bool? IsAvailable { get; init; }

    /// <summary>Who changed it; null for the hub itself and for accounts that are gone.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class PriceChangeConfiguration : IEntityTypeConfiguration<PriceChange>
{
    public void Configure(EntityTypeBuilder<PriceChange> builder)
    {
        builder.ToTable("price_changes");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SizeFrom).HasPrecision(8, 2);
        builder.Property(row => row.Before).HasPrecision(15, 2);
        builder.Property(row => row.BeforeTo).HasPrecision(15, 2);
        builder.Property(row => row.After).HasPrecision(15, 2);
        builder.Property(row => row.AfterTo).HasPrecision(15, 2);
        builder
            .HasOne<Development>()
            .WithMany()
            .HasForeignKey(row => row.DevelopmentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.ActorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => new
        {
            row.DevelopmentId,
            row.ChangedAt,
            row.Id,
        });
        builder.HasIndex(row => row.ActorId);
    }
}
