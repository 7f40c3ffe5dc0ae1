namespace ProPartHub.Domain.Audit;

/// <summary>Kinds of event as the audit's filter offers them.</summary>
public enum AuditGroup
{
    /// <summary>Log-ins, log-outs and locks that followed from them.</summary>
    LogIns = 1,

    /// <summary>Accounts, roles, passwords and links.</summary>
    Accounts,

    /// <summary>Settings.</summary>
    Settings,

    /// <summary>Changes of leads, and erasures.</summary>
    Leads,

    /// <summary>Data taken away as a file.</summary>
    Exports,

    /// <summary>Pages opened.</summary>
    Views,

    /// <summary>What was refused.</summary>
    Refusals,
}

/// <summary>Which kinds belong to which group.</summary>
public static class AuditGroups
{
    private static readonly Dictionary<AuditGroup, SecurityEventKind[]> Named = new()
    {
        [AuditGroup.LogIns] =
        [
            SecurityEventKind.LoggedIn,
            SecurityEventKind.LogInFailed,
            SecurityEventKind.LockedOut,
            SecurityEventKind.LoggedOut,
        ],
        [AuditGroup.Settings] =
        [
            SecurityEventKind.SettingChanged,
            SecurityEventKind.AuditExpired,
            SecurityEventKind.SavedViewChanged,
            SecurityEventKind.PointsCorrected,
            SecurityEventKind.AssignmentRuleChanged,
            SecurityEventKind.AvailabilityChanged,
            SecurityEventKind.ServiceLevelChanged,
            SecurityEventKind.TemplateChanged,
            SecurityEventKind.TagChanged,
            SecurityEventKind.CatalogueChanged,
            SecurityEventKind.KnowledgeChanged,
        ],
        [AuditGroup.Leads] =
        [
            SecurityEventKind.ClientErased,
            SecurityEventKind.LeadsHandedOver,
            SecurityEventKind.ClaimAsked,
            SecurityEventKind.ClaimDecided,
            SecurityEventKind.BulkActBegun,
            SecurityEventKind.BulkActEnded,
            SecurityEventKind.LeadImportStarted,
            SecurityEventKind.LeadImportEnded,
            SecurityEventKind.LeadImportUndone,
            SecurityEventKind.AttachmentUploaded,
            SecurityEventKind.AttachmentRemoved,
            SecurityEventKind.AttachmentUnreadable,
            SecurityEventKind.FileStored,
            SecurityEventKind.FileChanged,
            SecurityEventKind.FileUnreadable,
            SecurityEventKind.MovedIn,
            SecurityEventKind.PropertyShared,
            SecurityEventKind.PropertyUnshared,
        ],
        [AuditGroup.Exports] =
        [
            SecurityEventKind.AuditExported,
            SecurityEventKind.ClientExported,
            SecurityEventKind.ContactsExported,
            SecurityEventKind.LeadsExported,
            SecurityEventKind.LeadImportErrorsExported,
            SecurityEventKind.PeopleExported,
            SecurityEventKind.ReportExported,
        ],
        [AuditGroup.Views] =
        [
            SecurityEventKind.LeadViewed,
            SecurityEventKind.PersonViewed,
            SecurityEventKind.ViewedAs,
            SecurityEventKind.DocumentOpened,
            SecurityEventKind.AttachmentOpened,
            SecurityEventKind.FileOpened,
        ],
        [AuditGroup.Refusals] =
        [
            SecurityEventKind.RateLimited,
            SecurityEventKind.AccessDenied,
            SecurityEventKind.WebhookRefused,
        ],
    };

    // Whatever is not named elsewhere is about accounts, so that a new kind is never lost to the filter.
    private static readonly SecurityEventKind[] Others =
    [
        .. Enum.GetValues<SecurityEventKind>().Except(Named.Values.SelectMany(kinds => kinds)),
    ];

    /// <summary>Kinds whose content is erased after <see cref="AuditOptions.KeepViewDays"/>.</summary>
    public static IReadOnlyList<SecurityEventKind> Brief { get; } =
    [.. Named[AuditGroup.LogIns], .. Named[AuditGroup.Views], .. Named[AuditGroup.Refusals]];

    /// <summary>The kinds of security event in a group.</summary>
    public static IReadOnlyList<SecurityEventKind> Of(AuditGroup group) => Named.GetValueOrDefault(group, Others);

    /// <summary>The group of a kind.</summary>
    public static AuditGroup Of(SecurityEventKind kind) =>
        Named.Where(pair => pair.Value.Contains(kind)).Select(pair => (AuditGroup?)pair.Key).FirstOrDefault()
        ?? AuditGroup.Accounts;
}
