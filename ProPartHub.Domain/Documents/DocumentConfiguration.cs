using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

internal sealed class DocumentConfiguration
    : IEntityTypeConfiguration<Document>,
        IEntityTypeConfiguration<DocumentVersion>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable(
            "documents",
            table =>
                table.HasCheckConstraint("ck_documents_owner", "num_nonnulls(lead_id, person_id, development_id) = 1")
        );
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Title).HasMaxLength(Document.TitleLength);
        builder.Property(row => row.Description).HasMaxLength(Document.DescriptionLength);
        builder.Ignore(row => row.Owner);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<Development>()
            .WithMany()
            .HasForeignKey(row => row.DevelopmentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AuthorId).OnDelete(DeleteBehavior.SetNull);

        // A list is one owner's in order of adding.
        builder.HasIndex(row => new { row.LeadId, row.Id }).HasFilter("lead_id IS NOT NULL");
        builder.HasIndex(row => new { row.PersonId, row.Id }).HasFilter("person_id IS NOT NULL");
        builder.HasIndex(row => new { row.DevelopmentId, row.Id }).HasFilter("development_id IS NOT NULL");
        builder.HasIndex(row => row.AuthorId);
        builder.HasIndex(row => row.RemovedAt).HasFilter("removed_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<DocumentVersion> builder)
    {
        builder.ToTable("document_versions");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(DocumentVersion.NameLength);
        builder
            .HasOne<Document>()
            .WithMany(document => document.Versions)
            .HasForeignKey(row => row.DocumentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(row => row.StoredFile)
            .WithMany()
            .HasForeignKey(row => row.StoredFileId)
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne(row => row.UploadedBy)
            .WithMany()
            .HasForeignKey(row => row.UploadedById)
            .OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => new { row.DocumentId, row.Number }).IsUnique();
        builder.HasIndex(row => row.StoredFileId);
        builder.HasIndex(row => row.UploadedById);
    }
}
