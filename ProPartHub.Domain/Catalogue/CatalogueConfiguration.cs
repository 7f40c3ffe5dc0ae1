using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Catalogue;

internal sealed class CatalogueConfiguration : IEntityTypeConfiguration<Development>, IEntityTypeConfiguration<Unit>
{
    /// <summary>The column that holds the largest size of a unit.</summary>
    internal const string Largest = "Largest";

    private const string NotArchived = "archived_at IS NULL";

    public void Configure(EntityTypeBuilder<Development> builder)
    {
        builder.ToTable("developments");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Number).UseIdentityAlwaysColumn().HasIdentityOptions(startValue: 1001);
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Name).HasMaxLength(CatalogueLimits.Name).UseCollation("uk-x-icu");
        builder.Property(row => row.Country).HasMaxLength(LeadLimits.Option).UseCollation("uk-x-icu");
        builder.Property(row => row.City).HasMaxLength(CatalogueLimits.Place);
        builder.Property(row => row.District).HasMaxLength(CatalogueLimits.Place);
        builder.Property(row => row.Kind).HasMaxLength(LeadLimits.Option).UseCollation("uk-x-icu");
        builder.Property(row => row.Description).HasMaxLength(CatalogueLimits.Description);
        builder.Property(row => row.PaymentTerms).HasMaxLength(CatalogueLimits.PaymentTerms);
        builder.Property(row => row.PaymentPlan).IsNamedJson().HasDefaultValueSql("'[]'");
        builder.Property(row => row.PriceFrom).HasPrecision(15, 2);
        builder.Property(row => row.PriceTo).HasPrecision(15, 2);
        builder
            .HasOne(row => row.Author)
            .WithMany()
            .HasForeignKey(row => row.AuthorId)
            .OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => row.AuthorId);
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => row.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");

        // One for each sort, then one for each filter, which is also what matching begins with.
        builder
            .HasIndex(row => row.Number, "offered")
            .HasDatabaseName("ix_developments_offered_number")
            .HasFilter(NotArchived);
        builder.HasIndex(row => new { row.Name, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.PriceFrom, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.Country, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.Kind, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => row.PriceTo).HasFilter(NotArchived);
        builder
            .HasIndex(row => new
            {
                row.City,
                row.District,
                row.Number,
            })
            .HasFilter(NotArchived);
        // The places that a country has, read from the index alone.
        builder
            .HasIndex(row => new
            {
                row.Country,
                row.City,
                row.District,
            })
            .HasFilter(NotArchived);
        builder
            .HasIndex(row => row.Number, "archive")
            .HasDatabaseName("ix_developments_archived_number")
            .HasFilter("archived_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Unit> builder)
    {
        builder.ToTable("development_units");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.SizeFrom).HasPrecision(8, 2);
        builder.Property(row => row.SizeTo).HasPrecision(8, 2);
        builder.Property(row => row.Price).HasPrecision(15, 2);
        builder
            .HasOne<Development>()
            .WithMany(row => row.Units)
            .HasForeignKey(row => row.DevelopmentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.DevelopmentId, row.Place });

        // Only what is still to be had is looked for.
        builder.Property<decimal>(Largest).HasComputedColumnSql("coalesce(size_to, size_from)", stored: true);
        builder.HasIndex(nameof(Unit.Type), Largest).HasFilter("is_available");
        builder.HasIndex(Largest).HasFilter("is_available");
        builder.HasIndex(row => row.SizeFrom).HasFilter("is_available");
    }
}
