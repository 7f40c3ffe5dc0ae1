using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>
/// A place in the stream of changes. The snapshot says exactly which transactions had ended (<c>pg_current_snapshot()</c>),
/// so that nothing committed late is missed and nothing seen comes again; the time stands in where there is none, or where
/// the database was brought over from another server, which counts transactions anew.
/// </summary>
/// <param name="Snapshot">PostgreSQL's snapshot as text; null for "by the time alone".</param>
/// <param name="At">When (UTC).</param>
public sealed record SeenPlace(string? Snapshot, DateTimeOffset At)
{
    /// <summary>The first transaction that had not begun, of a snapshot <c>xmin:xmax:list</c>.</summary>
    internal static ulong EndOf(string snapshot) => ulong.Parse(snapshot.Split(':')[1], CultureInfo.InvariantCulture);
}

/// <summary>Up to where a person has seen what changed.</summary>
public sealed class SeenMark
{
    /// <summary>The person.</summary>
    public Guid UserId { get; init; }

    /// <summary>From where this visit shows changes, so that they are still there after a reload.</summary>
    public string? VisitSnapshot { get; set; }

    /// <summary>When that was (UTC).</summary>
    public DateTimeOffset VisitAt { get; set; }

    /// <summary>Up to where the person has seen: where the next visit begins.</summary>
    public string? SeenSnapshot { get; set; }

    /// <summary>When the person saw it (UTC).</summary>
    public DateTimeOffset SeenAt { get; set; }
}

internal sealed class SeenMarkConfiguration : IEntityTypeConfiguration<SeenMark>
{
    public void Configure(EntityTypeBuilder<SeenMark> builder)
    {
        builder.ToTable("seen_marks");
        builder.HasKey(mark => mark.UserId);
        builder.Property(mark => mark.UserId).ValueGeneratedNever();
        builder
            .HasOne<HubUser>()
            .WithOne()
            .HasForeignKey<SeenMark>(mark => mark.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
