using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>What one day brought about one lead.</summary>
public sealed partial class NotificationGroupView
{
    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public NotificationGroup Group { get; set; } = null!;

    /// <summary>Called with what is to be marked as read; without it nothing can be.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<Guid>> OnRead { get; set; }

    private string Name =>
        NotificationWords.Lead(Group.First) ?? T[Group.First.Facts.Count is null ? "Group_None" : "Group_Many"].Value;

    private Task Mark() => Group.Unread is { Count: > 0 } unread ? OnRead.InvokeAsync(unread) : Task.CompletedTask;

    private static string IconOf(NotificationView row) =>
        row.Kind switch
        {
            NotificationKind.LeadAssigned => Icons.Material.Outlined.PersonAdd,
            NotificationKind.LeadTaken => Icons.Material.Outlined.PersonRemove,
            NotificationKind.CommentAdded => Icons.Material.Outlined.ChatBubbleOutline,
            NotificationKind.Mentioned => Icons.Material.Outlined.AlternateEmail,
            NotificationKind.ActivityAdded when row.Activity is ActivityKind.Call => Icons.Material.Outlined.Call,
            NotificationKind.ActivityAdded when row.Activity is ActivityKind.Meeting => Icons.Material.Outlined.Groups,
            NotificationKind.ActivityAdded => Icons.Material.Outlined.Mail,
            NotificationKind.StageMoved => Icons.Material.Outlined.SwapHoriz,
            NotificationKind.FollowUpDue => Icons.Material.Outlined.Alarm,
            NotificationKind.FollowUpOverdue => Icons.Material.Outlined.AlarmOff,
            NotificationKind.LeadMerged => Icons.Material.Outlined.CallMerge,
            NotificationKind.ConflictKept => Icons.Material.Outlined.CallSplit,
            NotificationKind.ClaimAsked or NotificationKind.ClaimDecided => Icons.Material.Outlined.Handshake,
            NotificationKind.ClaimKept => Icons.Material.Outlined.Shield,
            NotificationKind.ServiceReminder => Icons.Material.Outlined.HourglassBottom,
            NotificationKind.ServiceEscalation => Icons.Material.Outlined.ReportProblem,
            NotificationKind.MustReadArticle => Icons.Material.Outlined.MenuBook,
            NotificationKind.BackupFailed => Icons.Material.Outlined.SettingsBackupRestore,
            NotificationKind.PropertyOpened => Icons.Material.Outlined.Visibility,
            NotificationKind.PoolLead => Icons.Material.Outlined.Inbox,
            _ => Icons.Material.Outlined.VerifiedUser,
        };
}
