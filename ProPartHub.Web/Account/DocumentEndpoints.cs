using Microsoft.AspNetCore.Http.HttpResults;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Account;

/// <summary>Hands out documents of agents: always as a file to save, never as a page of this portal.</summary>
internal static partial class DocumentEndpoints
{
    public static void MapHubDocuments(this WebApplication app) =>
        app.MapGet(AccountPaths.Documents + "{id:guid}", OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, NotFound, StatusCodeHttpResult>> OpenAsync(
        Guid id,
        HttpContext context,
        VerificationQueries queries,
        ILogger<VerificationQueries> logger
    )
    {
        try
        {
            var actor = context.Actor();
            var document = actor is null
                ? throw new NotFoundException("Document")
                : await queries.OpenAsync(actor, id, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            // A download name makes it an attachment.
            return TypedResults.File(document.Content, document.MediaType, document.Name);
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
        catch (FileUnreadableException fault)
        {
            LogUnreadable(logger, id, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    [LoggerMessage(LogLevel.Error, "Document {Document} cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Guid document, Exception fault);
}
