using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Templates;

/// <summary>By which program a message goes.</summary>
public enum MessageChannel
{
    /// <summary>WhatsApp.</summary>
    WhatsApp = 1,

    /// <summary>Telegram.</summary>
    Telegram = 2,

    /// <summary>Viber.</summary>
    Viber = 3,

    /// <summary>Mail.</summary>
    Mail = 4,
}

/// <summary>Who finds a template.</summary>
public enum TemplateSharing
{
    /// <summary>The owner alone.</summary>
    Nobody = 1,

    /// <summary>A team.</summary>
    Team = 2,

    /// <summary>Everybody.</summary>
    All = 3,
}

/// <summary>A message to clients that is written once, with fields that each lead fills; in one language or both.</summary>
public sealed class MessageTemplate
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 60;

    /// <summary>Longest subject of a mail, in characters.</summary>
    public const int SubjectLength = 200;

    /// <summary>Longest text, in characters: what links to programs carry without being cut.</summary>
    public const int BodyLength = 1500;

    /// <summary>Most templates of one person.</summary>
    public const int MostOfAPerson = 100;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose it is.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Whose it is.</summary>
    public HubUser? Owner { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>By which program it goes.</summary>
    public MessageChannel Channel { get; set; }

    /// <summary>Subject of a mail in Ukrainian.</summary>
    public string? SubjectUk { get; set; }

    /// <summary>The text in Ukrainian.</summary>
    public string? BodyUk { get; set; }

    /// <summary>Subject of a mail in English.</summary>
    public string? SubjectEn { get; set; }

    /// <summary>The text in English.</summary>
    public string? BodyEn { get; set; }

    /// <summary>Who finds it too.</summary>
    public TemplateSharing SharedWith { get; set; } = TemplateSharing.Nobody;

    /// <summary>The team it is shared with; null for any other sharing.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted (UTC); it can be taken back.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}

internal sealed class MessageTemplateConfiguration : IEntityTypeConfiguration<MessageTemplate>
{
    public void Configure(EntityTypeBuilder<MessageTemplate> builder)
    {
        builder.ToTable("message_templates");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsRowVersion();
        builder.Property(row => row.Name).HasMaxLength(MessageTemplate.NameLength).UseCollation("uk-x-icu");
        builder.Property(row => row.SubjectUk).HasMaxLength(MessageTemplate.SubjectLength);
        builder.Property(row => row.SubjectEn).HasMaxLength(MessageTemplate.SubjectLength);
        builder.Property(row => row.BodyUk).HasMaxLength(MessageTemplate.BodyLength);
        builder.Property(row => row.BodyEn).HasMaxLength(MessageTemplate.BodyLength);
        builder.HasOne(row => row.Owner).WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(row => row.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(row => new { row.OwnerId, row.Name }).HasFilter("deleted_at IS NULL");
        builder.HasIndex(row => row.TeamId);
        builder.HasIndex(row => row.SharedWith).HasFilter("shared_with <> 1 AND deleted_at IS NULL");
    }
}
