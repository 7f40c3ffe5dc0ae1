using System.Globalization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Since when: the hour alone today, with the day before that.</summary>
internal static class SyncMoments
{
    public static string Moment(this AgencyTime time, DateTimeOffset moment)
    {
        var local = time.Local(moment);
        var hour = local.ToString("t", CultureInfo.CurrentCulture);
        return local.Date == time.Now.Date ? hour : $"{time.Day(moment)} {hour}";
    }
}
