using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.FollowUps;

internal sealed class FollowUpConfiguration : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> builder)
    {
        builder.ToTable("follow_ups");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.AuthorName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(row => row.OwnerName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.Restrict);

        // The two ways in which a lead's page reads them: what is open by when it is due, what is done by when it was.
        builder
            .HasIndex(row => new
            {
                row.LeadId,
                row.DueAt,
                row.Id,
            })
            .HasFilter("done_at IS NULL AND deleted_at IS NULL");
        builder
            .HasIndex(row => new
            {
                row.LeadId,
                row.DoneAt,
                row.Id,
            })
            .HasFilter("done_at IS NOT NULL AND deleted_at IS NULL");
        builder.HasIndex(row => row.LeadId);

        // The board by days, the start page, reminders and calendars: what is open of all leads, those due first first.
        builder.HasIndex(row => new { row.DueAt, row.Id }).HasFilter("done_at IS NULL AND deleted_at IS NULL");
        builder.HasIndex(row => row.AuthorId);

        // Done ones whose next is yet to be made: hardly ever more than a few.
        builder
            .HasIndex(row => row.Id)
            .HasDatabaseName("ix_follow_ups_repeat_due")
            .HasFilter("done_at IS NOT NULL AND deleted_at IS NULL AND repeat <> 0 AND next_id IS NULL");
    }
}
