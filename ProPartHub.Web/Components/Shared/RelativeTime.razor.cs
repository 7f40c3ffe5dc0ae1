using Microsoft.AspNetCore.Components;
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
    private TimeProvider Clock { get; set; } = null!;

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

    private string Describe()
    {
        var distance = Clock.GetUtcNow() - Moment;
        var isFuture = distance < TimeSpan.Zero;
        var length = distance.Duration();
        return (length, isFuture) switch
        {
            ({ TotalMinutes: < 1 }, _) => T["Time_JustNow"],
            ({ TotalHours: < 1 }, false) => T.Plural("Time_Minutes", (long)length.TotalMinutes),
            ({ TotalHours: < 1 }, true) => T.Plural("Time_InMinutes", (long)length.TotalMinutes),
            ({ TotalHours: < 24 }, false) => T.Plural("Time_Hours", (long)length.TotalHours),
            ({ TotalHours: < 24 }, true) => T.Plural("Time_InHours", (long)length.TotalHours),
            _ => DescribeByDays(isFuture),
        };
    }

    // Days are counted by the agency's calendar, not in spans of 24 hours: yesterday evening is "yesterday" at night too.
    private string DescribeByDays(bool isFuture)
    {
        var days = Math.Abs((Time.Now.Date - Time.Local(Moment).Date).Days);
        return days > DaysInWords ? Time.Day(Moment) : T.Plural(isFuture ? "Time_InDays" : "Time_Days", days);
    }
}
