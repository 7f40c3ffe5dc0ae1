using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Documents;

/// <summary>
/// Hands out documents: as files to save, and pictures and PDF also to be shown. A browser may keep one but asks before each
/// use whether its reader still may see it; what is given out anew is in the audit. Always whole, so that nobody reads a
/// file in parts of which none counts.
/// </summary>
internal static partial class DocumentFileEndpoints
{
    public static void MapHubFiles(this WebApplication app) =>
        app.MapGet(DocumentPaths.Pattern, OpenAsync)
            .WithSecurityHeadersPolicy(SecurityHeadersHosting.Framed)
            .RequireAuthorization()
            .ExcludeFromDescription();

    private static async Task<IResult> OpenAsync(
        Guid id,
        HttpContext context,
        DocumentQueries queries,
        ILogger<DocumentQueries> logger
    )
    {
        var actor = context.Actor();
        var copy = new KeptCopy(context, $"{id:N}", actor);
        try
        {
            var file = actor is null
                ? throw new NotFoundException("Document")
                : await queries.OpenAsync(actor, id, copy.IsHeld, context.RequestAborted);
            copy.Allow();
            return file.Content is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : context.Request.Query.ContainsKey(DocumentPaths.Show) && DocumentPaths.IsShown(file.Type)
                    ? copy.Shown(file.Content, file.Name, file.Type.MediaType())
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

    [LoggerMessage(LogLevel.Error, "Document version {Version} cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Guid version, Exception fault);
}
