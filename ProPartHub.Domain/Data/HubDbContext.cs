using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Templates;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Domain.Views;

namespace ProPartHub.Domain.Data;

/// <summary>
/// The hub's database. Always short-lived: services open one for each operation from
/// <see cref="IDbContextFactory{TContext}"/>, and write through <see cref="HubDatabase.InTransactionAsync"/>.
/// </summary>
public sealed class HubDbContext(DbContextOptions<HubDbContext> options)
    : IdentityUserContext<HubUser, Guid>(options),
        IDataProtectionKeyContext
{
    private readonly HashSet<Func<HubDbContext, CancellationToken, Task>> _beforeCommit = [];

    /// <summary>Teams.</summary>
    public DbSet<Team> Teams => Set<Team>();

    /// <summary>Devices on which people are logged in.</summary>
    public DbSet<UserSession> UserSessions => Set<UserSession>();

    /// <summary>Authenticator apps.</summary>
    public DbSet<AuthenticatorApp> AuthenticatorApps => Set<AuthenticatorApp>();

    /// <summary>Recovery codes not used yet.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>Leads.</summary>
    public DbSet<Lead> Leads => Set<Lead>();

    /// <summary>Pipelines of HubSpot.</summary>
    public DbSet<Pipeline> Pipelines => Set<Pipeline>();

    /// <summary>Stages of HubSpot's pipelines.</summary>
    public DbSet<Stage> Stages => Set<Stage>();

    /// <summary>Options of fields as HubSpot's account has them.</summary>
    public DbSet<LeadOption> LeadOptions => Set<LeadOption>();

    /// <summary>Tags.</summary>
    public DbSet<Tag> Tags => Set<Tag>();

    /// <summary>Which leads have which tags.</summary>
    public DbSet<LeadTag> LeadTags => Set<LeadTag>();

    /// <summary>Acts upon many leads.</summary>
    public DbSet<BulkAct> BulkActs => Set<BulkAct>();

    /// <summary>What became of each lead of those acts.</summary>
    public DbSet<BulkMember> BulkMembers => Set<BulkMember>();

    /// <summary>Files of leads.</summary>
    public DbSet<LeadImport> LeadImports => Set<LeadImport>();

    /// <summary>What was uploaded and not started yet.</summary>
    public DbSet<LeadImportFile> LeadImportFiles => Set<LeadImportFile>();

    /// <summary>Their rows, with what became of each.</summary>
    public DbSet<LeadImportRow> LeadImportRows => Set<LeadImportRow>();

    /// <summary>Counts and sums of stages, kept by the database itself.</summary>
    public DbSet<StageFigure> StageFigures => Set<StageFigure>();

    /// <summary>History, audit and feed of leads.</summary>
    public DbSet<LeadEvent> LeadEvents => Set<LeadEvent>();

    /// <summary>Comments.</summary>
    public DbSet<Comment> Comments => Set<Comment>();

    /// <summary>People named in comments.</summary>
    public DbSet<CommentMention> CommentMentions => Set<CommentMention>();

    /// <summary>Files with comments.</summary>
    public DbSet<CommentAttachment> CommentAttachments => Set<CommentAttachment>();

    /// <summary>Follow-ups.</summary>
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();

    /// <summary>Calls, mails and meetings from HubSpot.</summary>
    public DbSet<Activity> Activities => Set<Activity>();

    /// <summary>Log-ins and everything else that is not about a lead.</summary>
    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();

    /// <summary>The chain that shows whether somebody meddled with events.</summary>
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    /// <summary>How far that chain has come.</summary>
    public DbSet<AuditSealState> AuditSealStates => Set<AuditSealState>();

    /// <summary>HubSpot's records of erased clients.</summary>
    public DbSet<ErasedRecord> ErasedRecords => Set<ErasedRecord>();

    /// <summary>What waits to be carried to HubSpot.</summary>
    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    /// <summary>Mails that wait to be sent, and what became of the others.</summary>
    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();

    /// <summary>What people are told.</summary>
    public DbSet<Notification> Notifications => Set<Notification>();

    /// <summary>How far events were turned into notifications.</summary>
    public DbSet<NotificationCursor> NotificationCursors => Set<NotificationCursor>();

    /// <summary>What people have set for themselves.</summary>
    public DbSet<PersonSetting> PersonSettings => Set<PersonSetting>();

    /// <summary>Calendars of follow-ups that people have let out.</summary>
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    /// <summary>Requests of agents to be verified.</summary>
    public DbSet<VerificationRequest> VerificationRequests => Set<VerificationRequest>();

    /// <summary>Documents of those requests.</summary>
    public DbSet<VerificationDocument> VerificationDocuments => Set<VerificationDocument>();

    /// <summary>Commissions of agents, each from a moment on.</summary>
    public DbSet<CommissionRate> CommissionRates => Set<CommissionRate>();

    /// <summary>Named addresses of the list and the board.</summary>
    public DbSet<SavedView> SavedViews => Set<SavedView>();

    /// <summary>The views with which people begin.</summary>
    public DbSet<StartView> StartViews => Set<StartView>();

    /// <summary>The points' ledger.</summary>
    public DbSet<PointEntry> PointEntries => Set<PointEntry>();

    /// <summary>What points are given for; one row at most.</summary>
    public DbSet<PointRules> PointRules => Set<PointRules>();

    /// <summary>Up to where people have seen what changed.</summary>
    public DbSet<SeenMark> SeenMarks => Set<SeenMark>();

    /// <summary>What admins have set for the agency.</summary>
    public DbSet<AgencySetting> AgencySettings => Set<AgencySetting>();

    /// <summary>Under which names shared readings are kept.</summary>
    public DbSet<SharedReading> SharedReadings => Set<SharedReading>();

    /// <summary>Questions of agents for clients whom others have.</summary>
    public DbSet<ClaimRequest> ClaimRequests => Set<ClaimRequest>();

    /// <summary>Rules by which new leads come to agents.</summary>
    public DbSet<AssignmentRule> AssignmentRules => Set<AssignmentRule>();

    /// <summary>Whose turn it is under each rule.</summary>
    public DbSet<AssignmentTurn> AssignmentTurns => Set<AssignmentTurn>();

    /// <summary>When people are away.</summary>
    public DbSet<Absence> Absences => Set<Absence>();

    /// <summary>How many open leads people take.</summary>
    public DbSet<LeadCapacity> LeadCapacities => Set<LeadCapacity>();

    /// <summary>What agents owe their leads, and what follows when they are late.</summary>
    public DbSet<ServiceLevel> ServiceLevels => Set<ServiceLevel>();

    /// <summary>Steps that service levels have taken.</summary>
    public DbSet<ServiceStepTaken> ServiceStepsTaken => Set<ServiceStepTaken>();

    /// <summary>Leads that were merged, with what a merge did.</summary>
    public DbSet<LeadMerging> LeadMergings => Set<LeadMerging>();

    /// <summary>Leads that look as if they were about one client and are not.</summary>
    public DbSet<DistinctClients> DistinctClients => Set<DistinctClients>();

    /// <summary>Templates of messages to clients.</summary>
    public DbSet<MessageTemplate> MessageTemplates => Set<MessageTemplate>();

    /// <summary>The property catalogue.</summary>
    public DbSet<Development> Developments => Set<Development>();

    /// <summary>What can be bought in each of its developments.</summary>
    public DbSet<Unit> Units => Set<Unit>();

    /// <summary>Photos of developments.</summary>
    public DbSet<DevelopmentPhoto> DevelopmentPhotos => Set<DevelopmentPhoto>();

    /// <summary>What became of their prices.</summary>
    public DbSet<PriceChange> PriceChanges => Set<PriceChange>();

    /// <summary>Links by which clients see properties.</summary>
    public DbSet<SharedLink> SharedLinks => Set<SharedLink>();

    /// <summary>Who saw those today.</summary>
    public DbSet<SharedLinkVisit> SharedLinkVisits => Set<SharedLinkVisit>();

    /// <summary>Contents of files, each once.</summary>
    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();

    /// <summary>Documents of leads, people and properties.</summary>
    public DbSet<Document> Documents => Set<Document>();

    /// <summary>Their versions.</summary>
    public DbSet<DocumentVersion> DocumentVersions => Set<DocumentVersion>();

    /// <summary>The sections of the knowledge base.</summary>
    public DbSet<KnowledgeSection> KnowledgeSections => Set<KnowledgeSection>();

    /// <summary>Its articles.</summary>
    public DbSet<Article> Articles => Set<Article>();

    /// <summary>Their versions.</summary>
    public DbSet<ArticleVersion> ArticleVersions => Set<ArticleVersion>();

    /// <summary>Who has read them.</summary>
    public DbSet<ArticleReading> ArticleReadings => Set<ArticleReading>();

    /// <summary>What rows of the former portal became.</summary>
    public DbSet<LegacyId> LegacyIds => Set<LegacyId>();

    /// <summary>Files of the former portal.</summary>
    public DbSet<LegacyFile> LegacyFiles => Set<LegacyFile>();

    /// <summary>Backups that were made or looked at.</summary>
    public DbSet<BackupRun> BackupRuns => Set<BackupRun>();

    /// <summary>Pictures for articles.</summary>
    public DbSet<ArticlePicture> ArticlePictures => Set<ArticlePicture>();

    /// <summary>Which texts show them.</summary>
    public DbSet<ArticlePictureUse> ArticlePictureUses => Set<ArticlePictureUse>();

    /// <summary>Committed operations.</summary>
    public DbSet<Operation> Operations => Set<Operation>();

    /// <summary>What is known of each lead's deal and contact.</summary>
    public DbSet<LeadSync> LeadSyncs => Set<LeadSync>();

    /// <summary>What is known of each comment's note.</summary>
    public DbSet<NoteSync> NoteSyncs => Set<NoteSync>();

    /// <summary>What is known of each follow-up's task.</summary>
    public DbSet<FollowUpSync> FollowUpSyncs => Set<FollowUpSync>();

    /// <summary>What the first exchange would do with leads that HubSpot does not have.</summary>
    public DbSet<LeadPreview> LeadPreviews => Set<LeadPreview>();

    /// <summary>Losing values of two-sided edits.</summary>
    public DbSet<SyncConflict> SyncConflicts => Set<SyncConflict>();

    /// <summary>The HubSpot account the database is bound to.</summary>
    public DbSet<HubSpotAccount> HubSpotAccounts => Set<HubSpotAccount>();

    /// <summary>HubSpot's owners.</summary>
    public DbSet<HubSpotOwner> HubSpotOwners => Set<HubSpotOwner>();

    /// <summary>Progress of imports and polls.</summary>
    public DbSet<SyncCursor> SyncCursors => Set<SyncCursor>();

    /// <summary>Webhook events, stored before they are answered.</summary>
    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    /// <summary>All contacts of the HubSpot account.</summary>
    public DbSet<MirroredContact> MirroredContacts => Set<MirroredContact>();

    /// <summary>Their numbers.</summary>
    public DbSet<MirroredPhone> MirroredPhones => Set<MirroredPhone>();

    /// <summary>Which of them are to be read again.</summary>
    public DbSet<ContactReading> ContactReadings => Set<ContactReading>();

    /// <summary>What the sync did, in plain facts.</summary>
    public DbSet<SyncLogEntry> SyncLog => Set<SyncLogEntry>();

    /// <inheritdoc/>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>
    /// Has work done at the end of the transaction, after everything was saved and before it is committed; what the work
    /// changes is saved too. The same work asked for twice is done once.
    /// </summary>
    internal void BeforeCommit(Func<HubDbContext, CancellationToken, Task> work) => _beforeCommit.Add(work);

    /// <summary>Does what <see cref="BeforeCommit"/> asked for and saves it.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_beforeCommit.Count == 0)
        {
            return;
        }

        foreach (var work in _beforeCommit)
        {
            await work(this, cancellationToken);
        }

        _beforeCommit.Clear();
        await SaveChangesAsync(cancellationToken);
    }

    /// <summary>Topics of shared readings that this transaction has changed.</summary>
    internal ISet<AgencyTopic> ChangedTopics { get; } = new HashSet<AgencyTopic>();

    /// <summary>How many rows of a kind are about to be written.</summary>
    internal int Changed<T>()
        where T : class =>
        ChangeTracker.Entries<T>().Count(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached));

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasPostgresExtension("pg_trgm");
        HubFunctions.Add(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(HubDbContext).Assembly);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("user_passkeys");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
    }
}
