namespace ProPartHub.Domain.Telemetry;

/// <summary>What the hub does by itself; each has its words under this name.</summary>
public enum BackgroundWork
{
    /// <summary>Exchange with HubSpot.</summary>
    Sync = 1,

    /// <summary>Notifications and their mails.</summary>
    Notifications = 2,

    /// <summary>Assignment, service levels, birthdays, repeated follow-ups.</summary>
    Automation = 3,

    /// <summary>Sending mails.</summary>
    Mails = 4,

    /// <summary>Sealing the audit, and once a day its retention and verification.</summary>
    Audit = 5,

    /// <summary>Writing views of leads into the audit.</summary>
    Views = 6,

    /// <summary>Writing refusals into the audit.</summary>
    Refusals = 7,

    /// <summary>Making and verifying backups.</summary>
    Backups = 8,

    /// <summary>Imports of leads.</summary>
    Imports = 9,

    /// <summary>Acts upon many leads.</summary>
    BulkActs = 10,

    /// <summary>Folding the figures of stages.</summary>
    StageFigures = 11,

    /// <summary>Telling who has which lead open.</summary>
    Presence = 12,

    /// <summary>Reading HubSpot's options.</summary>
    LeadOptions = 13,

    /// <summary>Reading which agents wait to be verified.</summary>
    Verifications = 14,

    /// <summary>Reading whether points are switched on.</summary>
    PointsSwitch = 15,

    /// <summary>Mailing links for new passwords.</summary>
    PasswordResets = 16,

    /// <summary>Removing unconfirmed accounts and old mails.</summary>
    Accounts = 17,

    /// <summary>Erasing what lies in the archive too long.</summary>
    Retention = 18,

    /// <summary>Removing stored files that nothing refers to.</summary>
    FileSweep = 19,

    /// <summary>Bringing files of before into the store.</summary>
    FormerFiles = 20,

    /// <summary>Removing documents past their time.</summary>
    DocumentSweep = 21,

    /// <summary>Removing pictures that no article shows.</summary>
    ArticlePictures = 22,

    /// <summary>Removing yesterday's visits of shared links.</summary>
    SharedVisits = 23,

    /// <summary>Reading the figures of this page.</summary>
    Operations = 24,
}
