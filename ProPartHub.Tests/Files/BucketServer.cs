using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Files;

namespace ProPartHub.Tests.Files;

/// <summary>
/// A store on a loopback port that answers as Amazon S3 does to what the portal asks: objects of one bucket, parts of them,
/// and lists of two names a page.
/// </summary>
internal sealed class BucketServer : IAsyncDisposable
{
    private const int PageLength = 2;

    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly WebApplication _app;

    private BucketServer(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public BucketOptions Options =>
        new()
        {
            Name = "hub",
            Address = new(
                _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            ),
            AccessKey = "test",
            SecretKey = "no secret",
            Prefix = "files/",
        };

    public static async Task<BucketServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new BucketServer(app);
        app.Map("/hub/{**key}", server.AnswerAsync);
        app.Map("/hub", server.ListAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return await ListAsync(request);
        }

        if (!IsSigned(request))
        {
            return Refusal("AccessDenied", StatusCodes.Status403Forbidden);
        }

        switch (request.Method)
        {
            case "PUT":
                using (var body = new MemoryStream())
                {
                    await request.Body.CopyToAsync(body);
                    Objects[key] = body.ToArray();
                }

                return Results.Ok();
            case "DELETE":
                Objects.TryRemove(key, out _);
                return Results.NoContent();
            default:
                return Objects.TryGetValue(key, out var content)
                    ? Results.Bytes(content, "application/octet-stream", enableRangeProcessing: true)
                    : Refusal("NoSuchKey", StatusCodes.Status404NotFound);
        }
    }

    private Task<IResult> ListAsync(HttpRequest request)
    {
        var prefix = request.Query["prefix"].ToString();
        var after = request.Query["continuation-token"].ToString();
        var rest = Objects
            .Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Where(item => string.CompareOrdinal(item.Key, after) > 0)
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .ToList();
        var page = rest.Take(PageLength).ToList();
        var isCut = rest.Count > PageLength;
        var answer = new XElement(
            Ns + "ListBucketResult",
            new XElement(Ns + "IsTruncated", isCut),
            isCut ? new XElement(Ns + "NextContinuationToken", page[^1].Key) : null,
            page.Select(item => new XElement(
                Ns + "Contents",
                new XElement(Ns + "Key", item.Key),
                new XElement(Ns + "Size", item.Value.Length),
                new XElement(Ns + "LastModified", "2026-01-01T00:00:00.000Z")
            ))
        );
        return Task.FromResult(Results.Content(answer.ToString(), "application/xml"));
    }

    private static bool IsSigned(HttpRequest request) =>
        request
            .Headers.Authorization.ToString()
            .StartsWith("AWS4-HMAC-SHA256 Credential=test/", StringComparison.Ordinal);

    private static IResult Refusal(string code, int status) =>
        Results.Content(
            string.Create(CultureInfo.InvariantCulture, $"<Error><Code>{code}</Code></Error>"),
            "application/xml",
            statusCode: status
        );
}
