using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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
        builder
            .Property(preview => preview.Fields)
            .HasColumnType("jsonb")
            .HasConversion(
                fields => JsonSerializer.Serialize(fields, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<List<PreviewField>>(json, JsonSerializerOptions.Web) ?? new(),
                // Replaced, never changed in place.
                new ValueComparer<IReadOnlyList<PreviewField>>(
                    (left, right) => ReferenceEquals(left, right),
                    fields => fields.Count
                )
            );
        builder
            .HasOne<Lead>()
            .WithOne()
            .HasForeignKey<LeadPreview>(preview => preview.LeadId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(preview => preview.ContactId);
        builder.HasIndex(preview => preview.MakerId);
    }
}
