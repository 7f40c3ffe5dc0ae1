using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads.Bulk;

internal sealed class BulkConfiguration : IEntityTypeConfiguration<BulkAct>, IEntityTypeConfiguration<BulkMember>
{
    private const int CodeLength = 40;

    public void Configure(EntityTypeBuilder<BulkAct> builder)
    {
        builder.ToTable("bulk_acts");
        builder.Property(act => act.Id).ValueGeneratedNever();
        builder.Property(act => act.Address).HasMaxLength(64);
        builder.Property(act => act.RefusalReason).HasMaxLength(LeadLimits.Option);
        builder.Property(act => act.Reason).HasMaxLength(LeadLimits.TransferReason);
        builder.Ignore(act => act.State);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(act => act.ActorId).OnDelete(DeleteBehavior.Cascade);
        // A transfer to nobody would be one to the pool.
        builder.HasOne<HubUser>().WithMany().HasForeignKey(act => act.AgentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Stage>().WithMany().HasForeignKey(act => act.StageId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Tag>().WithMany().HasForeignKey(act => act.TagId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<BulkAct>().WithMany().HasForeignKey(act => act.UndoOfId).OnDelete(DeleteBehavior.Cascade);

        // What is to be done next; whose acts there are; what has been kept long enough; one undo for an act.
        builder.HasIndex(act => new { act.DueAt, act.Id }).HasFilter("finished_at IS NULL");
        builder.HasIndex(act => new { act.ActorId, act.CreatedAt });
        builder.HasIndex(act => act.FinishedAt).HasFilter("finished_at IS NOT NULL");
        builder.HasIndex(act => act.UndoOfId).IsUnique();
        builder.HasIndex(act => act.AgentId);
        builder.HasIndex(act => act.StageId);
        builder.HasIndex(act => act.TagId);
    }

    public void Configure(EntityTypeBuilder<BulkMember> builder)
    {
        builder.ToTable("bulk_members");
        builder.HasKey(member => new { member.ActId, member.LeadId });
        builder.Property(member => member.Code).HasMaxLength(CodeLength);
        builder.Property(member => member.RefusalReasonBefore).HasMaxLength(LeadLimits.Option);
        builder.HasOne<BulkAct>().WithMany().HasForeignKey(member => member.ActId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(member => member.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(member => new
        {
            member.ActId,
            member.Outcome,
            member.LeadId,
        });
        builder.HasIndex(member => member.LeadId);
    }
}
