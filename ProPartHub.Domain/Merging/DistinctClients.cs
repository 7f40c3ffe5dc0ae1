using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Merging;

/// <summary>That somebody looked at two leads with the same phone, mail or Telegram name and found two clients.</summary>
public sealed class DistinctClients
{
    /// <summary>The lead with the smaller id.</summary>
    public Guid FirstId { get; init; }

    /// <summary>The lead with the greater id.</summary>
    public Guid SecondId { get; init; }

    /// <summary>When it was said (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Name of who said so, as it was then.</summary>
    public required string ByName { get; init; }

    /// <summary>Two leads in the order in which a pair is stored.</summary>
    internal static (Guid First, Guid Second) InOrder(Guid one, Guid other) =>
        one.CompareTo(other) < 0 ? (one, other) : (other, one);
}

internal sealed class DistinctClientsConfiguration : IEntityTypeConfiguration<DistinctClients>
{
    public void Configure(EntityTypeBuilder<DistinctClients> builder)
    {
        builder.ToTable("distinct_clients");
        builder.HasKey(row => new { row.FirstId, row.SecondId });
        builder.Property(row => row.ByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.FirstId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.SecondId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.SecondId);
    }
}
