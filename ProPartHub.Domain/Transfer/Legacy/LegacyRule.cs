using System.Reflection;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>What became of something that was not in order.</summary>
public enum LegacyOutcome
{
    /// <summary>It was brought in a form that fits.</summary>
    Repaired = 1,

    /// <summary>Somebody should look at it: it was left out, or brought as it was although it is not in order.</summary>
    Listed = 2,

    /// <summary>Both sides changed it since it was brought; what stands here stays.</summary>
    Conflict = 3,
}

/// <summary>A rule by which something was repaired or listed. Each is explained in <c>docs/moving-in.md</c>.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Outcome">What it does.</param>
public sealed record LegacyRule(string Name, LegacyOutcome Outcome)
{
    internal static readonly LegacyRule TableMissing = Lists("table-missing");
    internal static readonly LegacyRule ColumnsMissing = Lists("columns-missing");
    internal static readonly LegacyRule TimeRepaired = Repairs("time-repaired");
    internal static readonly LegacyRule TextShortened = Repairs("text-shortened");
    internal static readonly LegacyRule GoneHere = Lists("gone-here");
    internal static readonly LegacyRule ClientErased = Lists("client-erased");
    internal static readonly LegacyRule ChangedOnBothSides = new("changed-on-both-sides", LegacyOutcome.Conflict);

    internal static readonly LegacyRule AccountHere = Repairs("account-here");
    internal static readonly LegacyRule UserNameChanged = Repairs("user-name-changed");
    internal static readonly LegacyRule MailUnusable = Lists("mail-unusable");
    internal static readonly LegacyRule MailTaken = Lists("mail-taken");
    internal static readonly LegacyRule PasswordUnusable = Lists("password-unusable");
    internal static readonly LegacyRule RoleUnknown = Repairs("role-unknown");
    internal static readonly LegacyRule AgentWithoutAdmin = Lists("agent-without-admin");
    internal static readonly LegacyRule CommissionUnusable = Lists("commission-unusable");
    internal static readonly LegacyRule CommissionRounded = Repairs("commission-rounded");
    internal static readonly LegacyRule LevelFollowsPoints = Repairs("level-follows-points");
    internal static readonly LegacyRule AccountNotFollowed = Lists("account-not-followed");

    internal static readonly LegacyRule AgentUnknown = Lists("agent-unknown");
    internal static readonly LegacyRule LeadOfAdmin = Lists("lead-of-admin");
    internal static readonly LegacyRule NameMissing = Repairs("name-missing");
    internal static readonly LegacyRule OptionUnknown = Lists("option-unknown");
    internal static readonly LegacyRule BudgetUnreadable = Repairs("budget-unreadable");
    internal static readonly LegacyRule PhoneMissing = Lists("phone-missing");
    internal static readonly LegacyRule PhoneUnreadable = Lists("phone-unreadable");
    internal static readonly LegacyRule PhoneShared = Lists("phone-shared");
    internal static readonly LegacyRule MailPlaceholder = Repairs("mail-placeholder");
    internal static readonly LegacyRule MailUnreadable = Lists("mail-unreadable");
    internal static readonly LegacyRule BirthDateUnlikely = Lists("birth-date-unlikely");
    internal static readonly LegacyRule StageUnknown = Lists("stage-unknown");
    internal static readonly LegacyRule StageByStatus = Repairs("stage-by-status");
    internal static readonly LegacyRule ClosedWithRefusal = Repairs("closed-with-refusal");
    internal static readonly LegacyRule NotesOfHubSpot = Repairs("notes-of-hubspot");
    internal static readonly LegacyRule NotesLong = Repairs("notes-long");
    internal static readonly LegacyRule HubSpotIdUnreadable = Lists("hubspot-id-unreadable");
    internal static readonly LegacyRule DealShared = Lists("deal-shared");
    internal static readonly LegacyRule ContactWithoutDeal = Repairs("contact-without-deal");
    internal static readonly LegacyRule LeadHere = Repairs("lead-here");

    internal static readonly LegacyRule CommentWithoutLead = Lists("comment-without-lead");
    internal static readonly LegacyRule CommentEmpty = Lists("comment-empty");
    internal static readonly LegacyRule CommentLong = Lists("comment-long");
    internal static readonly LegacyRule AuthorUnknown = Repairs("author-unknown");
    internal static readonly LegacyRule ParentUnknown = Repairs("parent-unknown");
    internal static readonly LegacyRule NoteHere = Repairs("note-here");
    internal static readonly LegacyRule NoteShared = Lists("note-shared");
    internal static readonly LegacyRule ActivityLeftOut = Lists("activity-left-out");

    internal static readonly LegacyRule CountryUnknown = Lists("country-unknown");
    internal static readonly LegacyRule PriceUnlikely = Lists("price-unlikely");
    internal static readonly LegacyRule RangeReversed = Repairs("range-reversed");
    internal static readonly LegacyRule UnitTypeUnknown = Lists("unit-type-unknown");
    internal static readonly LegacyRule UnitWithoutProperty = Lists("unit-without-property");
    internal static readonly LegacyRule FileWithoutOwner = Lists("file-without-owner");
    internal static readonly LegacyRule FileMissing = Lists("file-missing");
    internal static readonly LegacyRule FileRefused = Lists("file-refused");
    internal static readonly LegacyRule FileTooMany = Lists("file-too-many");
    internal static readonly LegacyRule PictureUnreadable = Lists("picture-unreadable");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LegacyRule> All { get; } =
    [
        .. typeof(LegacyRule)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(LegacyRule))
            .Select(field => (LegacyRule)field.GetValue(null)!),
    ];

    private static LegacyRule Repairs(string name) => new(name, LegacyOutcome.Repaired);

    private static LegacyRule Lists(string name) => new(name, LegacyOutcome.Listed);
}
