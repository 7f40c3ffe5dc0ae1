using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

internal sealed class LeadPreviewConfiguration : IEntityTypeConfiguration<LeadPreview>
{
    public void Configure(EntityTypeBuilder<LeadPreview> builder)
    {
        builder.ToTable("lead_preview");
        builder.HasKey(preview => preview.LeadId);
        builder.Property(preview => preview.Reason).HasMaxLength(32);
        builder.Property(preview => preview.ContactId).HasMaxLength(32);
        builder.Property(preview => preview.Fields).IsJson();
        builder
            .HasOne<Lead>()
            .WithOne()
            .HasForeignKey<LeadPreview>(preview => preview.LeadId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(preview => preview.ContactId);
        builder.HasIndex(preview => preview.MakerId);
    }
}
