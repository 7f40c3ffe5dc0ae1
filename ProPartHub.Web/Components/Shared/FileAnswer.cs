using System.Globalization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An answer that is a file to take away, written as it is read.</summary>
internal static class FileAnswer
{
    /// <summary>Begins the file, named after what it holds and the moment; kept by no cache.</summary>
    /// <param name="context">The request.</param>
    /// <param name="holds">What it holds, in letters, digits and hyphens.</param>
    /// <param name="extension">The end of its name, with the dot.</param>
    /// <param name="mediaType">Its type.</param>
    /// <param name="time">The agency's time.</param>
    /// <returns>What to write to.</returns>
    public static Stream Begin(HttpContext context, string holds, string extension, string mediaType, AgencyTime time)
    {
        var name = $"{holds}-{time.Now.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}{extension}";
        context.Response.ContentType = mediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body;
    }
}
