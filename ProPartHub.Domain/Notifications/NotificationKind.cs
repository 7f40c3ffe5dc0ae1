namespace ProPartHub.Domain.Notifications;

/// <summary>What a person is told of; each has its texts and its settings under this name.</summary>
public enum NotificationKind
{
    /// <summary>A lead was given to the person.</summary>
    LeadAssigned = 1,

    /// <summary>A lead was taken from the person.</summary>
    LeadTaken = 2,

    /// <summary>Somebody else, or somebody in HubSpot, commented on the person's lead.</summary>
    CommentAdded = 3,

    /// <summary>HubSpot has a new call, mail or meeting of the person's lead.</summary>
    ActivityAdded = 4,

    /// <summary>Somebody else moved the person's lead to another stage.</summary>
    StageMoved = 5,

    /// <summary>A follow-up is due, or will be in the minutes that the person chose.</summary>
    FollowUpDue = 6,

    /// <summary>A follow-up is still open an hour after its time.</summary>
    FollowUpOverdue = 7,

    /// <summary>A field of the person's lead was changed here and in HubSpot.</summary>
    ConflictKept = 8,

    /// <summary>An agent asks to be verified; for those who decide.</summary>
    VerificationAsked = 9,

    /// <summary>The person's request to be verified was decided, or a verification taken back.</summary>
    VerificationDecided = 10,

    /// <summary>A lead came into the pool; for managers.</summary>
    PoolLead = 11,

    /// <summary>Somebody named the person in a comment.</summary>
    Mentioned = 12,

    /// <summary>Somebody else merged the person's lead into another of the same client.</summary>
    LeadMerged = 13,

    /// <summary>An agent asks for a client whom somebody else's lead holds; for those who decide.</summary>
    ClaimAsked = 30,

    /// <summary>The person's question for a client was decided.</summary>
    ClaimDecided = 31,

    /// <summary>Another agent asked for the person's client and was refused.</summary>
    ClaimKept = 32,

    /// <summary>A service level reminds the person of a lead.</summary>
    ServiceReminder = 33,

    /// <summary>A service level tells a manager that an agent is late with a lead.</summary>
    ServiceEscalation = 34,

    /// <summary>An article that everybody must read was published.</summary>
    MustReadArticle = 50,

    /// <summary>A backup could not be made or is not sound; for admins.</summary>
    BackupFailed = 60,

    /// <summary>The client of the person's lead opened a property that was shared.</summary>
    PropertyOpened = 35,
}

/// <summary>Ways in which a notification reaches its person.</summary>
[Flags]
public enum NotificationWays
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The bell and the page of notifications.</summary>
    Portal = 1,

    /// <summary>A mail within a minute or so.</summary>
    Mail = 2,

    /// <summary>The daily or weekly mail.</summary>
    Digest = 4,

    /// <summary>The browser, while the portal is open in a window that is not looked at.</summary>
    Browser = 8,
}

/// <summary>What is known of kinds.</summary>
public static class NotificationKinds
{
    private static readonly NotificationKind[] ForLeaders =
    [
        NotificationKind.VerificationAsked,
        NotificationKind.PoolLead,
        NotificationKind.ClaimAsked,
        NotificationKind.ServiceEscalation,
    ];

    private static readonly NotificationKind[] ForAgents =
    [
        NotificationKind.VerificationDecided,
        NotificationKind.ClaimDecided,
    ];

    private static readonly NotificationKind[] ForAdmins = [NotificationKind.BackupFailed];

    /// <summary>The kinds that somebody with this role can get, in the order of settings.</summary>
    public static IReadOnlyList<NotificationKind> For(People.Role role) =>
        [
            .. Enum.GetValues<NotificationKind>()
                .Where(kind =>
                    (role is not People.Role.Agent || !ForLeaders.Contains(kind))
                    && (role is People.Role.Agent || !ForAgents.Contains(kind))
                    && (role is People.Role.Admin || !ForAdmins.Contains(kind))
                ),
        ];

    /// <summary>The ways that a kind can go: decisions about the person are mailed by the act itself.</summary>
    public static NotificationWays Possible(NotificationKind kind) =>
        kind is NotificationKind.VerificationDecided
            ? NotificationWays.Portal | NotificationWays.Browser
            : NotificationWays.Portal | NotificationWays.Mail | NotificationWays.Digest | NotificationWays.Browser;
}
