using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProPartHub.Tests.Operations;

/// <summary>A collector on a loopback port that keeps what is sent to it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Where it listens, ending in a slash.</summary>
    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<(string Path, byte[] Body)> Received => [.. _received];

    public static async Task<Receiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Everything that came to a path, as text; what is not text in it stays unreadable.</summary>
    public string TextOf(string path) =>
        string.Join(
            '\n',
            _received.Where(each => each.Path == path).Select(each => System.Text.Encoding.UTF8.GetString(each.Body))
        );

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await using (
            var plain =
                context.Request.Headers.ContentEncoding == "gzip"
                    ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                    : context.Request.Body
        )
        {
            await plain.CopyToAsync(body, context.RequestAborted);
        }

        _received.Enqueue((context.Request.Path, body.ToArray()));
    }
}
