using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.FollowUps;

/// <summary>A secret link by which a person's calendar program reads the person's follow-ups; one for each person.</summary>
public sealed class CalendarFeed
{
    /// <summary>Whose follow-ups.</summary>
    public Guid UserId { get; init; }

    /// <summary>SHA-256 of the link's secret part: who reads the database can open no calendar.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Whether a manager's calendar holds the follow-ups of the whole team.</summary>
    public bool IncludesTeam { get; set; }

    /// <summary>When the link was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.ToTable("calendar_feeds");
        builder.HasKey(feed => feed.UserId);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(feed => feed.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(feed => feed.TokenHash).IsUnique();
    }
}
