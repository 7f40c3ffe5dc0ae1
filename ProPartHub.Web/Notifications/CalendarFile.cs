using System.Globalization;
using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Web.Account;
using ProPartHub.Web.Localization;
using Calendar = Ical.Net.Calendar;

namespace ProPartHub.Web.Notifications;

/// <summary>
/// Writes follow-ups as a calendar (RFC 5545), in its reader's language. The same follow-ups give the same bytes, so that a
/// program that asks again is told "unchanged".
/// </summary>
internal sealed class CalendarFile(IStringLocalizer<NotificationTexts> texts, PortalAddress portal)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>The calendar as UTF-8.</summary>
    public byte[] Write(CalendarContent content)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = (Languages.Find(content.Culture) ?? Languages.Default).Culture;
        try
        {
            var calendar = new Calendar { ProductId = "-//ProPart Hub//Follow-ups//EN", Method = "PUBLISH" };
            calendar.AddProperty("X-WR-CALNAME", texts["Calendar_Name"]);
            calendar.Events.AddRange(content.Items.Select(EventOf));
            return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private CalendarEvent EventOf(CalendarItem item)
    {
        var address = $"{portal.Value}/leads/{item.LeadId}";
        var title = item.Title.Length > 0 ? item.Title : texts["Calendar_Untitled"].Value;
        string?[] lines = [$"L-{item.LeadNumber} {item.ClientName}", item.AgentName, item.Details, address];
        return new CalendarEvent
        {
            // The follow-up's own, so that a program moves an appointment instead of adding one.
            Uid = $"{item.Id:N}@propart-hub",
            DtStamp = Moment(item.CreatedAt),
            Start = Moment(item.DueAt),
            End = Moment(item.DueAt + Length),
            Summary = texts["Calendar_Summary", title, item.ClientName],
            Description = string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line))),
            Url = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : null,
        };
    }

    private static CalDateTime Moment(DateTimeOffset moment) => new(moment.UtcDateTime, CalDateTime.UtcTzId);
}
