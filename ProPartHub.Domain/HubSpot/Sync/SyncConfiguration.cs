using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

internal sealed class SyncConfiguration
    : IEntityTypeConfiguration<LeadSync>,
        IEntityTypeConfiguration<NoteSync>,
        IEntityTypeConfiguration<FollowUpSync>,
        IEntityTypeConfiguration<SyncConflict>,
        IEntityTypeConfiguration<HubSpotAccount>,
        IEntityTypeConfiguration<HubSpotOwner>,
        IEntityTypeConfiguration<SyncCursor>,
        IEntityTypeConfiguration<WebhookEvent>,
        IEntityTypeConfiguration<SyncLogEntry>
{
    private const int IdLength = 32;

    public void Configure(EntityTypeBuilder<LeadSync> builder)
    {
        builder.ToTable("lead_sync");
        builder.HasKey(sync => sync.LeadId);
        builder.Property(sync => sync.ContactId).HasMaxLength(IdLength);
        builder.Property(sync => sync.DealId).HasMaxLength(IdLength);
        builder.Property(sync => sync.ContactSnapshot).IsJson();
        builder.Property(sync => sync.DealSnapshot).IsJson();
        builder.Property(sync => sync.Agreed).IsJson();
        builder.HasOne<Lead>().WithOne().HasForeignKey<LeadSync>(sync => sync.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(sync => sync.ContactId);
        builder.HasIndex(sync => sync.DealId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<NoteSync> builder)
    {
        builder.ToTable("note_sync");
        builder.HasKey(sync => sync.CommentId);
        builder.Property(sync => sync.NoteId).HasMaxLength(IdLength);
        // The name, its brackets, the colon and the blank.
        builder.Property(sync => sync.Signature).HasMaxLength(HubUser.DisplayNameLength + 4);
        builder
            .HasOne<Comment>()
            .WithOne()
            .HasForeignKey<NoteSync>(sync => sync.CommentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(sync => sync.NoteId);
    }

    public void Configure(EntityTypeBuilder<FollowUpSync> builder)
    {
        builder.ToTable("follow_up_sync");
        builder.HasKey(sync => sync.FollowUpId);
        builder.Property(sync => sync.FollowUpId).ValueGeneratedNever();
        builder.Property(sync => sync.TaskId).HasMaxLength(IdLength);
        builder.Property(sync => sync.Agreed).IsJson();
        builder
            .HasOne<FollowUp>()
            .WithOne()
            .HasForeignKey<FollowUpSync>(sync => sync.FollowUpId)
            .OnDelete(DeleteBehavior.Cascade);

        // A task with a client of two deals is a follow-up of both leads.
        builder.HasIndex(sync => sync.TaskId);
        builder
            .HasIndex(sync => sync.FollowUpId)
            .HasFilter("task_id IS NULL")
            .HasDatabaseName("ix_follow_up_sync_lost");
    }

    public void Configure(EntityTypeBuilder<SyncConflict> builder)
    {
        builder.ToTable("sync_conflicts");
        builder.Property(conflict => conflict.Id).ValueGeneratedNever();
        builder.Property(conflict => conflict.Field).HasMaxLength(64);
        builder.HasOne<Lead>().WithMany().HasForeignKey(conflict => conflict.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(conflict => new { conflict.LeadId, conflict.At });
        builder.HasIndex(conflict => conflict.At).HasFilter("settled_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<HubSpotAccount> builder)
    {
        builder.ToTable("hubspot_account", table => table.HasCheckConstraint("ck_hubspot_account_one", "id = 1"));
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.SwitchedOff).HasDefaultValue(SyncPart.None);
        builder.Property(account => account.CheckFindings).IsJson().HasDefaultValueSql("'[]'");
    }

    public void Configure(EntityTypeBuilder<HubSpotOwner> builder)
    {
        builder.ToTable("hubspot_owners");
        builder.Property(owner => owner.Id).HasMaxLength(IdLength);
        builder.HasIndex(owner => owner.Email);
    }

    public void Configure(EntityTypeBuilder<SyncCursor> builder)
    {
        builder.ToTable("sync_cursors");
        builder.HasKey(cursor => cursor.ObjectType);
        builder.Property(cursor => cursor.ObjectType).HasMaxLength(IdLength);
    }

    public void Configure(EntityTypeBuilder<WebhookEvent> builder)
    {
        builder.ToTable("webhook_events");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.DedupeKey).HasMaxLength(200);
        builder.Property(entry => entry.Type).HasMaxLength(100);
        builder.Property(entry => entry.ObjectId).HasMaxLength(IdLength);
        builder.Property(entry => entry.Payload).HasColumnType("jsonb");
        builder.HasIndex(entry => entry.DedupeKey).IsUnique();
        builder.HasIndex(entry => entry.Id).HasFilter("processed_at IS NULL");
        builder.HasIndex(entry => entry.ReceivedAt);
    }

    public void Configure(EntityTypeBuilder<SyncLogEntry> builder)
    {
        builder.ToTable("sync_log");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.What).HasMaxLength(64);
        builder.HasIndex(entry => new { entry.LeadId, entry.Id });
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => entry.Id).HasFilter("NOT succeeded");
    }
}
