using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// One thing that one person is told. It holds ids and small facts, never sentences and nothing about a client: words are
/// made in the reader's language, and names are read anew each time, under the rights that hold then.
/// </summary>
public sealed class Notification
{
    /// <summary>Longest <see cref="Occasion"/>, in characters.</summary>
    public const int OccasionLength = 64;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who is told.</summary>
    public Guid UserId { get; init; }

    /// <summary>Of what.</summary>
    public NotificationKind Kind { get; init; }

    /// <summary>
    /// What caused it, such as <c>lead:4711</c> for an event; together with person, kind and <see cref="At"/> it is unique,
    /// so that nothing is told twice.
    /// </summary>
    public required string Occasion { get; init; }

    /// <summary>The lead; null for what is about none, or about many.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>The comment, activity, follow-up or person it is about.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The portal user who did it; null for HubSpot's people, the hub itself and the clock.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Name of who did it; null for the clock.</summary>
    public string? ActorName { get; init; }

    /// <summary>When it happened (UTC); for follow-ups when they are due.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When the person was told (UTC); lists are in this order.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person read it (UTC).</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Small facts that its words need.</summary>
    public NotificationFacts Facts { get; init; } = new();

    /// <summary>Whether bell and page show it; false where it only waits for a mail, or is only known to have been due.</summary>
    public bool IsInPortal { get; init; }

    /// <summary>Whether an open browser may show it.</summary>
    public bool IsForBrowser { get; init; }

    /// <summary>When it is to be mailed by itself (UTC); null once it was, or if it is not to be.</summary>
    public DateTimeOffset? MailAt { get; set; }

    /// <summary>When the digest that takes it along is due (UTC); null once it was sent, or if there is none.</summary>
    public DateTimeOffset? DigestAt { get; set; }
}

/// <summary>Small facts that the words of a notification need; which are there depends on the kind.</summary>
public sealed record NotificationFacts
{
    /// <summary>Number of a lead that the person may no longer look at.</summary>
    public long? LeadNumber { get; init; }

    /// <summary>How many leads it is about, when many were changed at once.</summary>
    public int? Count { get; init; }

    /// <summary>The stage a lead was moved to.</summary>
    public Guid? StageId { get; init; }

    /// <summary>How a request for verification was decided.</summary>
    public VerificationState? Decision { get; init; }

    /// <summary>Whether a client who was asked for was granted.</summary>
    public bool? IsGranted { get; init; }

    /// <summary>Name of the service level that took the step.</summary>
    public string? ServiceLevel { get; init; }

    /// <summary>Number of the article that was published.</summary>
    public long? ArticleNumber { get; init; }

    /// <summary>Title that it had.</summary>
    public string? ArticleTitle { get; init; }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Occasion).HasMaxLength(Notification.OccasionLength);
        builder.Property(row => row.ActorName).HasMaxLength(HubUser.DisplayNameLength);
        builder.Property(row => row.Facts).IsJson();
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(row => row.ActorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Lead>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.ActorId);
        builder.HasIndex(row => row.LeadId);

        // Nothing is told twice.
        builder
            .HasIndex(row => new
            {
                row.UserId,
                row.Occasion,
                row.Kind,
                row.At,
            })
            .IsUnique();

        // Whether a reminder was given; whether a mention stands for a comment.
        builder.HasIndex(row => new { row.SubjectId, row.Kind }).HasFilter("subject_id IS NOT NULL");

        // The page, its filter by kind, and what is unread: the bell's.
        builder
            .HasIndex(row => new
            {
                row.UserId,
                row.CreatedAt,
                row.Id,
            })
            .HasFilter("is_in_portal");
        builder
            .HasIndex(row => new
            {
                row.UserId,
                row.Kind,
                row.CreatedAt,
                row.Id,
            })
            .HasFilter("is_in_portal");
        builder
            .HasIndex(
                row => new
                {
                    row.UserId,
                    row.CreatedAt,
                    row.Id,
                },
                "ix_notifications_unread"
            )
            .HasFilter("is_in_portal AND read_at IS NULL");

        // What waits for a mail, and what is past its time.
        builder.HasIndex(row => row.MailAt).HasFilter("mail_at IS NOT NULL");
        builder.HasIndex(row => row.DigestAt).HasFilter("digest_at IS NOT NULL");
        builder.HasIndex(row => row.CreatedAt);
    }
}
