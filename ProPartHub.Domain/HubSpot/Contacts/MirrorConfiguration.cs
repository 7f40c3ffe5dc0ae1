using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProPartHub.Domain.HubSpot.Contacts;

internal sealed class MirrorConfiguration
    : IEntityTypeConfiguration<MirroredContact>,
        IEntityTypeConfiguration<MirroredPhone>,
        IEntityTypeConfiguration<ContactReading>
{
    private const string NotArchived = "archived_at IS NULL";

    public void Configure(EntityTypeBuilder<MirroredContact> builder)
    {
        builder.ToTable("hubspot_contacts");
        builder.Property(row => row.Id).HasMaxLength(ContactProperties.IdLength);
        builder.Property(row => row.Name).HasMaxLength(ContactProperties.TextLength).UseCollation("uk-x-icu");
        builder.Property(row => row.Email).HasMaxLength(ContactProperties.TextLength);
        builder.Property(row => row.Company).HasMaxLength(ContactProperties.TextLength);
        builder.Property(row => row.OwnerId).HasMaxLength(ContactProperties.IdLength);
        builder.Property(row => row.Lifecycle).HasMaxLength(ContactProperties.OptionLength);
        builder.Property(row => row.LeadStatus).HasMaxLength(ContactProperties.OptionLength);
        builder
            .HasMany(row => row.Phones)
            .WithOne()
            .HasForeignKey(phone => phone.ContactId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasIndex(row => row.ReadAt);

        // An erasure looks for a client by mail.
        builder.HasIndex(row => row.Email).HasFilter("email IS NOT NULL");

        // One for each sort, then one for each filter that may leave few of many.
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => new { row.Name, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.CreatedAt, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.UpdatedAt, row.Number }).HasFilter(NotArchived);
        builder.HasIndex(row => new { row.OwnerId, row.Number }).HasFilter(NotArchived);
        builder
            .HasIndex(row => row.Number, "silent")
            .HasDatabaseName("ix_hubspot_contacts_without_phone")
            .HasFilter($"{NotArchived} AND NOT has_phone");
        builder
            .HasIndex(row => row.Number, "unmailed")
            .HasDatabaseName("ix_hubspot_contacts_without_mail")
            .HasFilter($"{NotArchived} AND email IS NULL");
        builder
            .HasIndex(row => row.Number, "archive")
            .HasDatabaseName("ix_hubspot_contacts_archived")
            .HasFilter("archived_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<MirroredPhone> builder)
    {
        builder.ToTable("hubspot_contact_phones");
        builder.HasKey(row => new { row.ContactId, row.Property });
        builder.Property(row => row.ContactId).HasMaxLength(ContactProperties.IdLength);
        builder.Property(row => row.Property).HasMaxLength(ContactProperties.IdLength);
        builder.Property(row => row.Text).HasMaxLength(ContactProperties.PhoneLength);
        builder.Property(row => row.E164).HasColumnName("e164").HasMaxLength(16);
        builder.HasIndex(row => row.E164).HasFilter("e164 IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ContactReading> builder)
    {
        builder.ToTable("hubspot_contact_reads");
        builder.HasKey(row => row.ContactId);
        builder.Property(row => row.ContactId).HasMaxLength(ContactProperties.IdLength);
    }
}
