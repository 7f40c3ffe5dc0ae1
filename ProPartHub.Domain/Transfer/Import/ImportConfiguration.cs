using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

internal sealed class ImportConfiguration
    : IEntityTypeConfiguration<LeadImport>,
        IEntityTypeConfiguration<LeadImportFile>,
        IEntityTypeConfiguration<LeadImportRow>
{
    public void Configure(EntityTypeBuilder<LeadImport> builder)
    {
        builder.ToTable("lead_imports");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Address).HasMaxLength(64);
        builder.Property(row => row.FileName).HasMaxLength(ImportLimits.FileName);
        builder.Property(row => row.Separator).HasMaxLength(1);
        builder.Property(row => row.HeadingsHash).HasMaxLength(64);
        builder.Property(row => row.PhoneCountry).HasMaxLength(2);
        builder.Property(row => row.Headings).IsNamedJson();
        builder.Property(row => row.Mapping).IsNamedJson();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.ActorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.AgentId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UndoneById).OnDelete(DeleteBehavior.SetNull);

        // What is to be done next; the list of all and of one person; the mapping of before; what was kept long enough.
        builder.HasIndex(row => new { row.DueAt, row.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(row => row.CreatedAt);
        builder.HasIndex(row => new { row.ActorId, row.CreatedAt });
        builder.HasIndex(row => new { row.ActorId, row.HeadingsHash });
        builder.HasIndex(row => row.TouchedAt).HasFilter("emptied_at IS NULL");
        builder.HasIndex(row => row.AgentId);
        builder.HasIndex(row => row.UndoneById);
    }

    public void Configure(EntityTypeBuilder<LeadImportFile> builder)
    {
        builder.ToTable("lead_import_files");
        builder.HasKey(row => row.ImportId);
        builder
            .HasOne<LeadImport>()
            .WithOne()
            .HasForeignKey<LeadImportFile>(row => row.ImportId)
            .OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LeadImportRow> builder)
    {
        builder.ToTable("lead_import_rows");
        builder.HasKey(row => new { row.ImportId, row.Number });
        builder.Property(row => row.Cells).IsNamedJson();
        builder.Property(row => row.Faults).IsNamedJson();
        builder.Property(row => row.Changes).IsNamedJson();
        builder.HasOne<LeadImport>().WithMany().HasForeignKey(row => row.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.SetNull);

        // Rows of one client, in a file and for an erasure; the rows that were refused or left out, in the file's order.
        builder.HasIndex(row => row.Keys).HasMethod("gin");
        builder.HasIndex(row => row.LeadId);
        builder.HasIndex(row => new
        {
            row.ImportId,
            row.Plan,
            row.Number,
        });
        builder.HasIndex(row => new
        {
            row.ImportId,
            row.Outcome,
            row.Number,
        });
    }
}
