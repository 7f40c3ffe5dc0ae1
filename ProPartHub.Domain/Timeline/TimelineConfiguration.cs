using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

internal sealed class TimelineConfiguration
    : IEntityTypeConfiguration<LeadEvent>,
        IEntityTypeConfiguration<Comment>,
        IEntityTypeConfiguration<Activity>
{
    public void Configure(EntityTypeBuilder<LeadEvent> builder)
    {
        builder.ToTable("lead_events");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.TransactionId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(entry => entry.ActorName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(entry => entry.Address).HasMaxLength(64);
        builder.Property(entry => entry.Changes).IsJson();
        builder.HasOne<Lead>().WithMany().HasForeignKey(entry => entry.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(entry => new { entry.LeadId, entry.Id });
        builder.HasIndex(entry => new { entry.TransactionId, entry.Id });

        // What somebody missed, by the people who may see it.
        builder.HasIndex(entry => new { entry.AgentId, entry.TransactionId });
        builder.HasIndex(entry => new { entry.TeamId, entry.TransactionId });

        // The audit's list and its filters. What HubSpot and imports bring has neither actor nor address.
        builder.HasIndex(entry => new { entry.OccurredAt, entry.Id });
        builder.HasIndex(entry => new
        {
            entry.LeadId,
            entry.OccurredAt,
            entry.Id,
        });
        builder
            .HasIndex(entry => new
            {
                entry.ActorId,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("actor_id IS NOT NULL");
        builder
            .HasIndex(entry => new
            {
                entry.Address,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("address IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("comments");
        builder.Property(comment => comment.Id).ValueGeneratedNever();
        builder.Property(comment => comment.Version).IsRowVersion();
        builder.Property(comment => comment.AuthorName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<Lead>().WithMany().HasForeignKey(comment => comment.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<HubUser>()
            .WithMany()
            .HasForeignKey(comment => comment.AuthorId)
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Comment>()
            .WithMany()
            .HasForeignKey(comment => comment.QuotedCommentId)
            .OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(comment => new
        {
            comment.LeadId,
            comment.CreatedAt,
            comment.Id,
        });
    }

    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.ToTable("activities");
        builder.Property(activity => activity.Id).ValueGeneratedNever();
        builder.Property(activity => activity.HubSpotId).HasMaxLength(32);
        builder.HasOne<Lead>().WithMany().HasForeignKey(activity => activity.LeadId).OnDelete(DeleteBehavior.Cascade);

        // A call with a contact who has two deals stands in both timelines.
        builder
            .HasIndex(activity => new
            {
                activity.Kind,
                activity.HubSpotId,
                activity.LeadId,
            })
            .IsUnique();
        builder.HasIndex(activity => new
        {
            activity.LeadId,
            activity.OccurredAt,
            activity.Id,
        });
    }
}
