using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Documents;

/// <summary>
/// Hands out documents: as files to save, and pictures and PDF also to be shown. A browser may keep one but asks before each
/// use whether its reader still may see it; what is given out anew is in the audit. Always whole, so that nobody reads a
/// file in parts of which none counts.
/// </summary>
internal static partial class DocumentFileEndpoints
{
    public static void MapHubFiles(this WebApplication app) =>
        app.MapGet(DocumentPaths.Pattern, OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> OpenAsync(
        Guid id,
        HttpContext context,
        DocumentQueries queries,
        ILogger<DocumentQueries> logger
    )
    {
        // A version never changes; a copy is one person's, since browsers are shared.
        var actor = context.Actor();
        var tag = new EntityTagHeaderValue($"\"{id:N}-{actor?.ViewerId ?? actor?.UserId:N}\"");
        var isHeld = context
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false));
        try
        {
            var file = actor is null
                ? throw new NotFoundException("Document")
                : await queries.OpenAsync(actor, id, isHeld, context.RequestAborted);
            context.Response.Headers.CacheControl = "private, no-cache";
            context.Response.Headers.ETag = tag.ToString();
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return file.Content is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : context.Request.Query.ContainsKey(DocumentPaths.Show) && DocumentPaths.IsShown(file.Type)
                    ? Shown(context, file)
                // A download name makes it an attachment.
                : TypedResults.File(file.Content, file.Type.MediaType(), file.Name);
        }
        catch (Exception hidden) when (hidden is NotFoundException or ForbiddenException)
        {
            return TypedResults.NotFound();
        }
        catch (FileUnreadableException fault)
        {
            LogUnreadable(logger, id, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    private static FileStreamHttpResult Shown(HttpContext context, OpenDocument file)
    {
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(file.Content!, file.Type.MediaType());
    }

    [LoggerMessage(LogLevel.Error, "Document version {Version} cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Guid version, Exception fault);
}
