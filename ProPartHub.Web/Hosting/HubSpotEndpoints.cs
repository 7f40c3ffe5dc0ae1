using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ProPartHub.Domain.HubSpot.Webhooks;

namespace ProPartHub.Web.Hosting;

/// <summary>Where HubSpot tells of changes. It waits five seconds for an answer, so events are only stored here.</summary>
internal static class HubSpotEndpoints
{
    public const string WebhookPath = "/webhooks/hubspot";

    // A hundred events are well below; HubSpot sends no more at once.
    private const int LargestBody = 1024 * 1024;

    public static void MapHubSpotWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(WebhookPath, ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ReceiveAsync(
        HttpContext context,
        HubSpotWebhookTarget target,
        WebhookInbox inbox,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (target.Current is not var (address, secret))
        {
            return Results.NotFound();
        }

        if (await BodyAsync(context, cancellationToken) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var verdict = WebhookSignature.Verify(
            secret,
            context.Request.Method,
            address,
            body,
            context.Request.Headers[WebhookSignature.TimestampHeader],
            context.Request.Headers[WebhookSignature.SignatureHeader],
            time.GetUtcNow()
        );
        if (verdict is not WebhookSignatureVerdict.Valid)
        {
            await inbox.RefuseAsync(verdict, context.Connection.RemoteIpAddress?.ToString(), cancellationToken);
            return Results.Unauthorized();
        }

        try
        {
            await inbox.StoreAsync(WebhookPayload.Parse(body), cancellationToken);
            return Results.NoContent();
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }

    // The signature is over the bytes as they came, so they are read whole, and never more than the limit.
    private static async Task<byte[]?> BodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        if (context.Request.ContentLength > LargestBody)
        {
            return null;
        }

        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, cancellationToken);
            return body.Length <= LargestBody ? body.ToArray() : null;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
