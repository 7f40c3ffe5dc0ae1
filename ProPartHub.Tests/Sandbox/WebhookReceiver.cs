using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>An app that takes webhooks, and answers them as a test tells it.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public ConcurrentQueue<ReceivedWebhook> Received { get; } = new();

    /// <summary>The status of the answers to come; 0 for none until the sender hangs up.</summary>
    public int Status { get; set; } = 204;

    /// <summary>With a query whose escapes HubSpot undoes in part before it signs.</summary>
    public Uri Address => new($"{_app.Urls.First()}/hooks/hubspot?to=a%2Fb%20c");

    public IEnumerable<JsonElement> Events => Received.SelectMany(delivery => delivery.Events);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Received.Enqueue(
            new ReceivedWebhook(
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                body,
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                )
            )
        );
        if (Status == 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = Status;
    }
}

/// <summary>A delivery as it came in.</summary>
internal sealed record ReceivedWebhook(
    string Method,
    string Target,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public IReadOnlyList<JsonElement> Events => [.. JsonDocument.Parse(Body).RootElement.EnumerateArray()];

    public DateTimeOffset SentAt =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(Headers["X-HubSpot-Request-Timestamp"], CultureInfo.InvariantCulture)
        );
}
