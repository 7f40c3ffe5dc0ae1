using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// How long ago a moment was, or how soon it is; further away than a week, its day. It keeps itself up to date. The
/// exact time, in the agency's zone, is in the tooltip.
/// </summary>
public sealed partial class RelativeTime : IDisposable
{
    private const int DaysInWords = 7;
    private IDisposable? _tick;
    private string _shown = "";

    [Parameter, EditorRequired]
    public DateTimeOffset Moment { get; set; }

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private MinuteTick Tick { get; set; } = null!;

    private string Text => _shown = Describe();

    public void Dispose() => _tick?.Dispose();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _tick = Tick.Subscribe(() => _ = InvokeAsync(RenderIfOutdated));
        }
    }

    private void RenderIfOutdated()
    {
        if (Describe() != _shown)
        {
            StateHasChanged();
        }
    }

    private string Describe() => Words(T, Time, Moment);

    /// <summary>The same words where a component for each moment would be too many; the caller keeps them up to date.</summary>
    /// <param name="texts">The reader's texts.</param>
    /// <param name="time">The agency's time.</param>
    /// <param name="moment">The moment.</param>
    public static string Words(IStringLocalizer<SharedTexts> texts, AgencyTime time, DateTimeOffset moment)
    {
        var distance = time.Now - moment;
        var isFuture = distance < TimeSpan.Zero;
        var length = distance.Duration();
        return (length, isFuture) switch
        {
            ({ TotalMinutes: < 1 }, _) => texts["Time_JustNow"],
            ({ TotalHours: < 1 }, false) => texts.Plural("Time_Minutes", (long)length.TotalMinutes),
            ({ TotalHours: < 1 }, true) => texts.Plural("Time_InMinutes", (long)length.TotalMinutes),
            ({ TotalHours: < 24 }, false) => texts.Plural("Time_Hours", (long)length.TotalHours),
            ({ TotalHours: < 24 }, true) => texts.Plural("Time_InHours", (long)length.TotalHours),
            _ => ByDays(texts, time, moment, isFuture),
        };
    }

    private static string Machine(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // Days are counted by the agency's calendar, not in spans of 24 hours: yesterday evening is "yesterday" at night too.
    private static string ByDays(
        IStringLocalizer<SharedTexts> texts,
        AgencyTime time,
        DateTimeOffset moment,
        bool isFuture
    )
    {
        var days = Math.Abs((time.Now.Date - time.Local(moment).Date).Days);
        return days > DaysInWords ? time.Day(moment) : texts.Plural(isFuture ? "Time_InDays" : "Time_Days", days);
    }
}
