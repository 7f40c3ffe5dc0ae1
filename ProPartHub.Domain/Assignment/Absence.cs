using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>Days on which a person is away and gets no leads by rules.</summary>
public sealed class Absence
{
    /// <summary>Most absences of a person that are not over.</summary>
    public const int Most = 30;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who is away.</summary>
    public Guid UserId { get; init; }

    /// <summary>First day, of the agency's.</summary>
    public DateOnly FromDay { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly ToDay { get; init; }
}

/// <summary>How many leads a person takes; without a row, any number.</summary>
public sealed class LeadCapacity
{
    /// <summary>Highest number that can be set.</summary>
    public const int Highest = 10_000;

    /// <summary>Who.</summary>
    public Guid UserId { get; init; }

    /// <summary>Most open leads with which the person still gets new ones; null for any number, 0 for none at all.</summary>
    public int? Most { get; set; }
}

internal sealed class AbsenceConfiguration : IEntityTypeConfiguration<Absence>, IEntityTypeConfiguration<LeadCapacity>
{
    public void Configure(EntityTypeBuilder<Absence> builder)
    {
        builder.ToTable("absences", table => table.HasCheckConstraint("ck_absences_in_order", "from_day <= to_day"));
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.UserId, row.ToDay });
    }

    public void Configure(EntityTypeBuilder<LeadCapacity> builder)
    {
        builder.ToTable("lead_capacities");
        builder.HasKey(row => row.UserId);
        builder
            .HasOne<HubUser>()
            .WithOne()
            .HasForeignKey<LeadCapacity>(row => row.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
