using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Views;

/// <summary>The page that a view is of.</summary>
public enum ViewPage
{
    /// <summary>The list of leads.</summary>
    List = 1,

    /// <summary>The board.</summary>
    Board,
}

/// <summary>Who finds a view among their own.</summary>
public enum ViewSharing
{
    /// <summary>The owner alone.</summary>
    Nobody = 1,

    /// <summary>The owner's team.</summary>
    Team,

    /// <summary>Everybody.</summary>
    All,
}

/// <summary>
/// A name for an address of the list or the board: filters, grouping, sort. It holds no rows and gives no rights; whoever
/// opens it sees what the address shows to that person.
/// </summary>
public sealed class SavedView
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 60;

    /// <summary>Longest address, in characters.</summary>
    public const int AddressLength = 2000;

    /// <summary>Most views of one person and page.</summary>
    public const int MostOfAPerson = 50;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose it is.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Whose it is.</summary>
    public HubUser? Owner { get; init; }

    /// <summary>Of which page.</summary>
    public ViewPage Page { get; init; }

    /// <summary>What its owner calls it; each name once for an owner and page.</summary>
    public required string Name { get; set; }

    /// <summary>The query part of the address, beginning with <c>?</c>; empty for the page without filters.</summary>
    public required string Address { get; set; }

    /// <summary>Who finds it too.</summary>
    public ViewSharing SharedWith { get; set; } = ViewSharing.Nobody;

    /// <summary>The team it is shared with; null for any other sharing.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>Place among the owner's, from the top.</summary>
    public int Place { get; set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted (UTC); it can be taken back for <see cref="SavedViews.KeepDeleted"/>.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}

/// <summary>The view with which a person begins on a page: an own one or one shared with the person.</summary>
public sealed class StartView
{
    /// <summary>The person.</summary>
    public Guid UserId { get; init; }

    /// <summary>The page.</summary>
    public ViewPage Page { get; init; }

    /// <summary>The view.</summary>
    public Guid ViewId { get; set; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>, IEntityTypeConfiguration<StartView>
{
    private const string NotDeleted = "deleted_at IS NULL";

    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views");
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Version).IsRowVersion();
        builder.Property(view => view.Name).HasMaxLength(SavedView.NameLength);
        builder.Property(view => view.Address).HasMaxLength(SavedView.AddressLength);
        builder
            .HasOne(view => view.Owner)
            .WithMany()
            .HasForeignKey(view => view.OwnerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(view => view.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder
            .HasIndex(view => new
            {
                view.OwnerId,
                view.Page,
                view.Name,
            })
            .IsUnique()
            .HasFilter(NotDeleted);
        builder.HasIndex(view => view.TeamId);
        builder.HasIndex(view => new { view.SharedWith, view.Page }).HasFilter($"shared_with <> 1 AND {NotDeleted}");
    }

    public void Configure(EntityTypeBuilder<StartView> builder)
    {
        builder.ToTable("start_views");
        builder.HasKey(start => new { start.UserId, start.Page });
        builder.HasOne<HubUser>().WithMany().HasForeignKey(start => start.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<SavedView>().WithMany().HasForeignKey(start => start.ViewId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(start => start.ViewId);
    }
}
