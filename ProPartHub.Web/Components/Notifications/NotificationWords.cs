using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Notifications;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Notifications;

/// <summary>Puts a notification into the reader's words, for bell, page, browser and mail alike.</summary>
internal sealed class NotificationWords(IStringLocalizer<NotificationTexts> texts, AgencyTime time)
{
    /// <summary>What happened, in one line; neither client nor lead is named.</summary>
    public string Sentence(NotificationView view)
    {
        var who = view.ActorName ?? "";
        return view.Facts.Count is { } count
            ? texts.Plural($"Many_{view.Kind}", count, who)
            : texts[KeyOf(view), who, SecondOf(view)];
    }

    /// <summary>
    /// The lead: number and client, or the number alone of one that is out of sight; the title of an article; null without either.
    /// </summary>
    public static string? Lead(NotificationView view) =>
        view switch
        {
            { LeadNumber: { } number } => $"L-{number} {view.ClientName}".TrimEnd(),
            { Facts.LeadNumber: { } number } => $"L-{number}",
            { Facts.ArticleTitle: { } title } => title,
            _ => null,
        };

    /// <summary>The kind by name.</summary>
    public string Kind(NotificationKind kind) => texts[$"Kind_{kind}"];

    private string KeyOf(NotificationView view)
    {
        var detail = view.Activity?.ToString() ?? view.Facts.Decision?.ToString() ?? Outcome(view.Facts.IsGranted);
        return detail is not null && texts[$"Say_{view.Kind}_{detail}"] is { ResourceNotFound: false } text
            ? text.Name
            : $"Say_{view.Kind}";
    }

    private static string? Outcome(bool? isGranted) =>
        isGranted is { } granted ? (granted ? nameof(ClaimState.Granted) : nameof(ClaimState.Refused)) : null;

    private string SecondOf(NotificationView view) =>
        view.Kind switch
        {
            NotificationKind.StageMoved => view.StageName ?? "…",
            NotificationKind.FollowUpDue or NotificationKind.FollowUpOverdue => time.Moment(view.At),
            NotificationKind.ServiceReminder or NotificationKind.ServiceEscalation => view.Facts.ServiceLevel ?? "",
            _ => "",
        };
}
