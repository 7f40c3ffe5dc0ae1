using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

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
        var actor = context.Actor();
        var copy = new KeptCopy(context, $"{id:N}", actor);
        try
        {
            var file = actor is null
                ? throw new NotFoundException("Attachment")
                : await queries.OpenAsync(actor, id, copy.IsHeld, context.RequestAborted);
            copy.Allow();
            return file.Content is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : context.Request.Query.ContainsKey(AttachmentPaths.Show) && file.Type.IsPicture()
                    ? copy.Shown(file.Content, file.Name, file.Type.MediaType())
                // A download name makes it an attachment.
                : TypedResults.File(file.Content, file.Type.MediaType(), file.Name);
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

    [LoggerMessage(LogLevel.Error, "Attachment {Attachment} cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Guid attachment, Exception fault);
}
