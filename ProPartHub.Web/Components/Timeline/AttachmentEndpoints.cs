using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Timeline;

/// <summary>Addresses of files with comments.</summary>
internal static class AttachmentPaths
{
    public const string Pattern = "/attachments/{id:guid}";

    /// <summary>Name of the query value that asks to show a picture and not to save it.</summary>
    public const string Show = "show";

    /// <summary>Where a file is saved from.</summary>
    public static string File(Guid id) => $"/attachments/{id}";

    /// <summary>Where a picture is shown from.</summary>
    public static string Picture(Guid id) => $"{File(id)}?{Show}=1";
}

/// <summary>
/// Hands out files with comments: as files to save, and pictures also to be shown. A browser may keep a picture but asks
/// before each use whether its reader still may see it; what is given out anew is in the audit.
/// </summary>
internal static partial class AttachmentEndpoints
{
    public static void MapHubAttachments(this WebApplication app) =>
        app.MapGet(AttachmentPaths.Pattern, OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> OpenAsync(
        Guid id,
        HttpContext context,
        AttachmentQueries queries,
        ILogger<AttachmentQueries> logger
    )
    {
        // A file never changes; a copy is one person's, since browsers are shared.
        var actor = context.Actor();
        var tag = new EntityTagHeaderValue($"\"{id:N}-{actor?.ViewerId ?? actor?.UserId:N}\"");
        var isHeld = context
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false));
        try
        {
            var file = actor is null
                ? throw new NotFoundException("Attachment")
                : await queries.OpenAsync(actor, id, isHeld, context.RequestAborted);
            context.Response.Headers.CacheControl = "private, no-cache";
            context.Response.Headers.ETag = tag.ToString();
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return file.Content is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : context.Request.Query.ContainsKey(AttachmentPaths.Show) && file.Type.IsPicture()
                    ? Shown(context, file)
                // A download name makes it an attachment.
                : TypedResults.File(file.Content, file.Type.MediaType(), file.Name);
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
        catch (DocumentUnreadableException fault)
        {
            LogUnreadable(logger, id, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    private static FileStreamHttpResult Shown(HttpContext context, OpenAttachment file)
    {
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(file.Content!, file.Type.MediaType());
    }

    [LoggerMessage(LogLevel.Error, "Attachment {Attachment} cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Guid attachment, Exception fault);
}
