using Microsoft.AspNetCore.Http.HttpResults;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Account;

/// <summary>Hands out documents of agents: always as a file to save, never as a page of this portal.</summary>
internal static class DocumentEndpoints
{
    public static void MapHubDocuments(this WebApplication app) =>
        app.MapGet(AccountPaths.Documents + "{id:guid}", OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, NotFound>> OpenAsync(
        Guid id,
        HttpContext context,
        VerificationQueries queries
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
    }
}
