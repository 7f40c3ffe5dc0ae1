using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>Filter and place of the page of notifications as its address; a value that makes no sense counts as absent.</summary>
internal static class NotificationsAddress
{
    public const string Path = "/notifications";
    public const string StateKey = "state";
    public const string KindKey = "kind";
    public const string AfterKey = "after";

    private const string Unread = "unread";

    /// <summary>The filter of an address.</summary>
    public static NotificationFilter Read(string? state, string? kind) =>
        new(
            state == Unread,
            Enum.TryParse<NotificationKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : null
        );

    /// <summary>The address of a page.</summary>
    public static string Write(NotificationFilter filter, NotificationPlace? after = null) =>
        QueryHelpers.AddQueryString(
            Path,
            new Dictionary<string, string?>
            {
                [StateKey] = filter.OnlyUnread ? Unread : null,
                [KindKey] = filter.Kind?.ToString(),
                [AfterKey] = after?.Write(),
            }
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value)
        );

    /// <summary>The lead whose page an address (without the slash before it) opens, if it does.</summary>
    public static Guid? LeadOf(string address) =>
        address.Split('?', '#')[0].Split('/') is ["leads", var id] && Guid.TryParse(id, out var lead) ? lead : null;
}
