using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Mail;

/// <summary>
/// A mail on its way. Written in the transaction of the act that causes it, so that neither is there without the other,
/// and sent afterwards by <see cref="MailSender"/>.
/// </summary>
public sealed class OutgoingMail
{
    /// <summary>Longest error kept, in characters.</summary>
    public const int ErrorLength = 500;

    /// <summary>Key, made by the application (UUIDv7); also the mail's Message-Id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it says.</summary>
    public MailKind Kind { get; init; }

    /// <summary>The account it is for; null when the address belongs to none, or no longer.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Where it goes.</summary>
    public required string Address { get; init; }

    /// <summary>The address in capitals, by which mails to one address are counted.</summary>
    public required string AddressKey { get; init; }

    /// <summary>Language of the receiver.</summary>
    public required string Culture { get; init; }

    /// <summary>
    /// What fills the blanks of its text, one-time links among it: encrypted with the data-protection keys, and gone as
    /// soon as the mail is sent or given up.
    /// </summary>
    public string? Facts { get; set; }

    /// <summary>When it was caused (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not tried before (UTC); also how a sender keeps a mail to itself while trying.</summary>
    public DateTimeOffset NextTryAt { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>When the mail server took it (UTC).</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the hub stopped trying (UTC).</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why the last try failed, in the mail server's words; null while one is under way.</summary>
    public string? Error { get; set; }
}

/// <summary>What mails say; each has its texts under this name.</summary>
public enum MailKind
{
    /// <summary>An admin made an account, or a new way into one: the link to set the password.</summary>
    Invitation = 1,

    /// <summary>Somebody asked for a new password: the link to set it.</summary>
    PasswordReset = 2,

    /// <summary>Somebody registered with this address: the link that confirms it.</summary>
    ConfirmAccount = 3,

    /// <summary>Somebody tried to use this address, which has an account already.</summary>
    AddressInUse = 4,

    /// <summary>Somebody registered with this address and a user name that somebody else has.</summary>
    UserNameTaken = 5,

    /// <summary>The owner of an account wants this address for it: the link that confirms it.</summary>
    ConfirmAddress = 6,

    /// <summary>To the present address: another one was asked for.</summary>
    AddressNotice = 7,

    /// <summary>The agent was verified.</summary>
    VerificationApproved = 8,

    /// <summary>The agent was not verified.</summary>
    VerificationRejected = 9,

    /// <summary>Something is missing to verify the agent.</summary>
    VerificationMoreAsked = 10,

    /// <summary>The agent is no longer verified.</summary>
    VerificationRevoked = 11,

    /// <summary>Notifications of one kind that came within a minute or so.</summary>
    Notification = 12,

    /// <summary>Notifications gathered over a day or a week.</summary>
    Digest = 13,
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("mails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Address).HasMaxLength(256);
        builder.Property(mail => mail.AddressKey).HasMaxLength(256);
        builder.Property(mail => mail.Culture).HasMaxLength(5);
        builder.Property(mail => mail.Error).HasMaxLength(OutgoingMail.ErrorLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(mail => mail.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(mail => mail.UserId);
        builder.HasIndex(mail => new { mail.AddressKey, mail.CreatedAt });
        builder.HasIndex(mail => mail.CreatedAt);
        builder.HasIndex(mail => new { mail.NextTryAt, mail.Id }).HasFilter("sent_at IS NULL AND given_up_at IS NULL");
    }
}
