using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

internal sealed class AttachmentConfiguration
    : IEntityTypeConfiguration<CommentAttachment>,
        IEntityTypeConfiguration<CommentMention>
{
    public void Configure(EntityTypeBuilder<CommentAttachment> builder)
    {
        builder.ToTable("comment_attachments");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(CommentAttachment.NameLength);
        builder.Property(row => row.FormerFileName).HasColumnName("file_name").HasMaxLength(64);

        builder
            .HasOne<StoredFile>()
            .WithMany()
            .HasForeignKey(row => row.StoredFileId)
            .OnDelete(DeleteBehavior.Restrict);
        // What was uploaded today counts for the day's limit: only the clean-up takes rows.
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Comment>().WithMany().HasForeignKey(row => row.CommentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UploadedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.CommentId);
        builder.HasIndex(row => row.LeadId);
        builder.HasIndex(row => row.StoredFileId);
        builder.HasIndex(row => row.UploadedById).HasFilter("comment_id IS NULL");
        builder.HasIndex(row => new { row.UploadedById, row.UploadedAt });
        builder.HasIndex(row => row.RemoveAt).HasFilter("remove_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CommentMention> builder)
    {
        builder.ToTable("comment_mentions");
        builder.HasKey(mention => new { mention.CommentId, mention.UserId });
        builder.Property(mention => mention.Written).HasMaxLength(HubUser.DisplayNameLength);
        builder
            .HasOne<Comment>()
            .WithMany()
            .HasForeignKey(mention => mention.CommentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(mention => mention.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(mention => mention.UserId);
    }
}
