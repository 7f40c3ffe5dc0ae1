using ProPartHub.Domain.Notifications;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>Notifications of one day, in groups by lead; everything newest first.</summary>
public sealed record NotificationDay(DateOnly Day, IReadOnlyList<NotificationGroup> Groups)
{
    /// <summary>Groups a stretch that is sorted newest first.</summary>
    public static IReadOnlyList<NotificationDay> Of(IEnumerable<NotificationView> rows, AgencyTime time) =>
        [
            .. rows.GroupBy(row => DateOnly.FromDateTime(time.Local(row.CreatedAt).DateTime))
                .Select(day => new NotificationDay(
                    day.Key,
                    [.. day.GroupBy(row => row.LeadId ?? row.Id).Select(group => new NotificationGroup([.. group]))]
                )),
        ];
}

/// <summary>What one day brought about one lead; about none, each stands alone.</summary>
public sealed record NotificationGroup(IReadOnlyList<NotificationView> Rows)
{
    /// <summary>The newest, which names the group.</summary>
    public NotificationView First => Rows[0];

    /// <summary>What is unread of it.</summary>
    public IReadOnlyList<Guid> Unread => [.. Rows.Where(row => row.ReadAt is null).Select(row => row.Id)];

    /// <summary>Where it leads; null for nowhere.</summary>
    public string? Href =>
        First switch
        {
            { LeadId: { } lead } => $"/leads/{lead}",
            { Kind: NotificationKind.VerificationAsked } => Layout.Navigation.Verification,
            { Kind: NotificationKind.VerificationDecided } => Account.AccountPaths.Verification,
            { Kind: NotificationKind.LeadTaken } => null,
            { Kind: NotificationKind.ClaimAsked } => Layout.Navigation.Claims,
            { Kind: NotificationKind.ClaimDecided } => Layout.Navigation.OwnClaims,
            { Facts.ArticleNumber: { } article } => Knowledge.KnowledgeAddress.Of(article),
            { Kind: NotificationKind.BackupFailed } => Layout.Navigation.Backups,
            _ => "/leads",
        };
}
