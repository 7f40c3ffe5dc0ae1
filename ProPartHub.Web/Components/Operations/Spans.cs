using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Operations;

/// <summary>Spans of time in one measure, which is enough to judge them by.</summary>
internal static class Spans
{
    public static string Words(TimeSpan span, IStringLocalizer<SystemTexts> texts) =>
        span switch
        {
            { TotalSeconds: < 1 } => texts[
                "Span_Milliseconds",
                Math.Max(0, span.TotalMilliseconds).ToString("N0", CultureInfo.CurrentCulture)
            ],
            { TotalMinutes: < 1 } => texts[
                "Span_Seconds",
                Math.Floor(span.TotalSeconds).ToString("N0", CultureInfo.CurrentCulture)
            ],
            { TotalHours: < 1 } => texts[
                "Span_Minutes",
                Math.Floor(span.TotalMinutes).ToString("N0", CultureInfo.CurrentCulture)
            ],
            { TotalDays: < 1 } => texts[
                "Span_Hours",
                Math.Floor(span.TotalHours).ToString("N0", CultureInfo.CurrentCulture)
            ],
            _ => texts["Span_Days", Math.Floor(span.TotalDays).ToString("N0", CultureInfo.CurrentCulture)],
        };
}
