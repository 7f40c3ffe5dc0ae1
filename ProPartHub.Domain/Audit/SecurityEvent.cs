using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>Something that is not about a lead and must be accounted for: log-ins, roles, exports, settings.</summary>
public sealed class SecurityEvent : IAuditEvent
{
    /// <inheritdoc/>
    public static AuditSource Source => AuditSource.Security;

    /// <summary>Key and order of writing; given by the database.</summary>
    public long Id { get; init; }

    /// <summary>
    /// The transaction that wrote the row (<c>pg_current_xact_id()</c>): by it the seal knows what can still appear.
    /// </summary>
    public ulong TransactionId { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>What happened.</summary>
    public SecurityEventKind Kind { get; init; }

    /// <summary>The account it is about, when known.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The lead it is about: a view or an export of it. No key into the leads: the event outlives them.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>Who did it, when known.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Name of who did it, or what was typed as account name.</summary>
    public string? ActorName { get; init; }

    /// <summary>Network address.</summary>
    public string? Address { get; init; }

    /// <summary>Further facts by name; never secrets.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>();

    /// <summary>When its content was erased (UTC); what, when and about whom stay.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>Kinds of security event.</summary>
public enum SecurityEventKind
{
    /// <summary>Somebody logged in.</summary>
    LoggedIn = 1,

    /// <summary>A log-in was refused; the details hold the reason, which the person was not told.</summary>
    LogInFailed = 2,

    /// <summary>An account was locked after too many failures.</summary>
    LockedOut = 3,

    /// <summary>Somebody logged out.</summary>
    LoggedOut = 4,

    /// <summary>The first admin was made by the one-time link.</summary>
    FirstAdminCreated = 5,

    /// <summary>A password was changed.</summary>
    PasswordChanged = 6,

    /// <summary>A request was refused because of too many before it.</summary>
    RateLimited = 7,

    /// <summary>A setting was changed.</summary>
    SettingChanged = 8,

    /// <summary>A right was missing; forged ids and the like.</summary>
    AccessDenied = 9,

    /// <summary>A webhook with a wrong or stale signature was refused.</summary>
    WebhookRefused = 10,

    /// <summary>An admin made an account.</summary>
    AccountCreated = 11,

    /// <summary>An admin changed a person's role or team.</summary>
    RoleChanged = 12,

    /// <summary>An admin locked an account for a while.</summary>
    AccountLocked = 13,

    /// <summary>An admin ended the lock of an account.</summary>
    AccountUnlocked = 14,

    /// <summary>An admin switched an account off.</summary>
    AccountSwitchedOff = 15,

    /// <summary>An admin switched an account on again.</summary>
    AccountSwitchedOn = 16,

    /// <summary>An admin made a one-time link to set a password.</summary>
    LinkIssued = 17,

    /// <summary>Somebody began to be asked for codes of an authenticator app.</summary>
    SecondFactorOn = 18,

    /// <summary>An authenticator app was taken from an account.</summary>
    SecondFactorOff = 19,

    /// <summary>Somebody made new recovery codes.</summary>
    RecoveryCodesMade = 20,

    /// <summary>Somebody added a passkey.</summary>
    PasskeyAdded = 21,

    /// <summary>A passkey was taken from an account.</summary>
    PasskeyRemoved = 22,

    /// <summary>An admin demanded a new password at the next log-in.</summary>
    PasswordChangeDemanded = 23,

    /// <summary>An admin began or ended to see the portal as somebody else does.</summary>
    ViewedAs = 24,

    /// <summary>All leads of a person were given to others.</summary>
    LeadsHandedOver = 25,

    /// <summary>An account was tied to a person at the office's identity provider.</summary>
    SingleSignOnLinked = 26,

    /// <summary>An admin took the list of people away as a file.</summary>
    PeopleExported = 27,

    /// <summary>Somebody asked for a link to set a new password; the details hold what came of it.</summary>
    PasswordResetAsked = 40,

    /// <summary>Somebody registered; the details hold what came of it, which the person was told by mail alone.</summary>
    Registered = 41,

    /// <summary>A mail address was confirmed behind a mailed link.</summary>
    AddressConfirmed = 42,

    /// <summary>A person asked for another mail address.</summary>
    AddressChangeAsked = 43,

    /// <summary>A registration that nobody confirmed was removed.</summary>
    RegistrationExpired = 44,

    /// <summary>An agent handed in documents to be verified.</summary>
    VerificationAsked = 45,

    /// <summary>A request for verification was decided; the details hold how.</summary>
    VerificationDecided = 46,

    /// <summary>A verification was taken back.</summary>
    VerificationRevoked = 47,

    /// <summary>A document of an agent was opened.</summary>
    DocumentOpened = 48,

    /// <summary>An admin had a mail that failed tried again.</summary>
    MailRetried = 49,

    /// <summary>The file of an agent's document is gone, was meddled with, or the keys that protected it are lost.</summary>
    DocumentUnreadable = 50,

    /// <summary>Somebody opened a lead's page; once an hour for each person and lead.</summary>
    LeadViewed = 60,

    /// <summary>Somebody opened a person's page; once an hour for each person and page.</summary>
    PersonViewed = 61,

    /// <summary>An admin took the audit away as a file.</summary>
    AuditExported = 62,

    /// <summary>An admin took everything held about a client away as a file.</summary>
    ClientExported = 63,

    /// <summary>An admin, or the retention of archived leads, erased a client's data.</summary>
    ClientErased = 64,

    /// <summary>The content of events past their retention was erased.</summary>
    AuditExpired = 65,

    /// <summary>A saved view was made, changed, shared or deleted; the details hold what.</summary>
    SavedViewChanged = 80,

    /// <summary>A manager or an admin corrected somebody's points.</summary>
    PointsCorrected = 81,

    /// <summary>An agent asked for a client whom somebody else's lead holds, or took the question back.</summary>
    ClaimAsked = 110,

    /// <summary>Such a question was decided; the details hold how.</summary>
    ClaimDecided = 111,

    /// <summary>A rule of assignment was made, changed, moved or deleted; the details hold what.</summary>
    AssignmentRuleChanged = 112,

    /// <summary>Somebody's absence or share of new leads was set.</summary>
    AvailabilityChanged = 113,

    /// <summary>A service level was made, changed, switched or deleted; the details hold what.</summary>
    ServiceLevelChanged = 114,

    /// <summary>A message template was made, changed, shared or deleted; the details hold what.</summary>
    TemplateChanged = 115,

    /// <summary>A manager or an admin took a report away as a file.</summary>
    ReportExported = 82,

    /// <summary>Somebody uploaded a file for a comment.</summary>
    AttachmentUploaded = 120,

    /// <summary>Somebody took back a file that was uploaded for a comment and not sent.</summary>
    AttachmentRemoved = 121,

    /// <summary>The content of a comment's file was given out.</summary>
    AttachmentOpened = 122,

    /// <summary>A comment's file is gone, was meddled with, or the keys that protected it are lost.</summary>
    AttachmentUnreadable = 123,

    /// <summary>A tag was made, changed, taken out of use or brought back.</summary>
    TagChanged = 90,

    /// <summary>Somebody began an act upon many leads; the details hold what and upon which.</summary>
    BulkActBegun = 91,

    /// <summary>An act upon many leads ended; the details hold what became of them.</summary>
    BulkActEnded = 92,

    /// <summary>Somebody took leads away as a file; the details hold the filter, the columns and how many.</summary>
    LeadsExported = 93,

    /// <summary>A property of the catalogue was added, changed, archived or brought back; the details hold what.</summary>
    CatalogueChanged = 130,

    /// <summary>A document, or a newer version of one, was added to a lead, person or property.</summary>
    FileStored = 151,

    /// <summary>A document's content was given out.</summary>
    FileOpened = 152,

    /// <summary>A document was called otherwise, removed or brought back.</summary>
    FileChanged = 153,

    /// <summary>A document's content could not be read any more.</summary>
    FileUnreadable = 154,

    /// <summary>An admin took HubSpot's contacts away as a file; the details hold the filter and how many.</summary>
    ContactsExported = 150,

    /// <summary>Leads of a file began to be imported.</summary>
    LeadImportStarted = 140,

    /// <summary>An import has ended or was cancelled.</summary>
    LeadImportEnded = 141,

    /// <summary>An import was taken back.</summary>
    LeadImportUndone = 142,

    /// <summary>The rows that an import refused were given out as a file.</summary>
    LeadImportErrorsExported = 143,

    /// <summary>An article or a section of the knowledge base was begun, published, restored, archived, renamed or the like;
    /// the details hold what.</summary>
    KnowledgeChanged = 160,

    /// <summary>Accounts, leads and what belongs to them were brought from the former portal; the details hold how many.</summary>
    MovedIn = 155,

    /// <summary>A backup was made, or could not be; the details hold which and how it was verified.</summary>
    BackupMade = 170,

    /// <summary>Somebody had a backup looked at; the details hold which and what was found.</summary>
    BackupVerified = 171,

    /// <summary>The database was restored from a backup; the details hold which and of when.</summary>
    BackupRestored = 172,

    /// <summary>Somebody made a link to a property for a client; the details hold what it shows and for how long.</summary>
    PropertyShared = 131,

    /// <summary>Such a link was taken back.</summary>
    PropertyUnshared = 132,
}

internal sealed class SecurityEventConfiguration : IEntityTypeConfiguration<SecurityEvent>
{
    public void Configure(EntityTypeBuilder<SecurityEvent> builder)
    {
        builder.ToTable("security_events");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.ActorName).HasMaxLength(256);
        builder.Property(entry => entry.Address).HasMaxLength(64);
        builder.Property(entry => entry.Details).IsJson();
        builder.Property(entry => entry.TransactionId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");

        // One index for the whole list and one for each filter of it; the first of each pair may be missing in most rows.
        builder.HasIndex(entry => new { entry.OccurredAt, entry.Id });
        builder.HasIndex(entry => new
        {
            entry.Kind,
            entry.OccurredAt,
            entry.Id,
        });
        builder
            .HasIndex(entry => new
            {
                entry.UserId,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("user_id IS NOT NULL");
        builder
            .HasIndex(entry => new
            {
                entry.ActorId,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("actor_id IS NOT NULL");
        builder
            .HasIndex(entry => new
            {
                entry.LeadId,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("lead_id IS NOT NULL");
        builder
            .HasIndex(entry => new
            {
                entry.Address,
                entry.OccurredAt,
                entry.Id,
            })
            .HasFilter("address IS NOT NULL");
        builder.HasIndex(entry => new { entry.TransactionId, entry.Id });
    }
}
