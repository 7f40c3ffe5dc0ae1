using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// The copy of a file that a browser may keep, if it asks before each use whether its reader still may see it. What is kept
/// never changes, and a copy is one person's, since browsers are shared.
/// </summary>
internal sealed class KeptCopy
{
    private readonly HttpContext _context;
    private readonly EntityTagHeaderValue _tag;

    /// <param name="context">The request.</param>
    /// <param name="content">What tells the content from every other, in letters, digits and hyphens.</param>
    /// <param name="actor">Who asks; a copy made through somebody's eyes is that of who looks.</param>
    public KeptCopy(HttpContext context, string content, Actor? actor)
    {
        _context = context;
        _tag = new($"\"{content}-{actor?.ViewerId ?? actor?.UserId:N}\"");
        IsHeld = context
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(held => held.Compare(_tag, useStrongComparison: false));
        HubMetrics.CountCache("BrowserCopy", IsHeld);
    }

    /// <summary>Whether the browser holds it already.</summary>
    public bool IsHeld { get; }

    /// <summary>Lets the browser keep what is answered.</summary>
    public void Allow()
    {
        _context.Response.Headers.CacheControl = "private, no-cache";
        _context.Response.Headers.ETag = _tag.ToString();
        _context.Response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>An answer that the browser shows by itself, called by its name where it is saved.</summary>
    public FileStreamHttpResult Shown(Stream content, string name, string mediaType)
    {
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(name);
        _context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(content, mediaType);
    }
}
