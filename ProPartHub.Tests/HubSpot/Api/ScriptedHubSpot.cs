using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>A real HTTP server on loopback that answers from a script, one entry for each request.</summary>
internal sealed class ScriptedHubSpot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private ScriptedHubSpot()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    public ScriptedRequest LastRequest => Requests.Last();

    public Uri Address => new(_app.Urls.First());

    public static async Task<ScriptedHubSpot> StartAsync()
    {
        var server = new ScriptedHubSpot();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ScriptedHubSpot Answers(int status, string body = "", params (string Name, string Value)[] headers)
    {
        _script.Enqueue(async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            if (body.Length > 0)
            {
                context.Response.ContentType = "application/json;charset=utf-8";
                await context.Response.WriteAsync(body);
            }
        });
        return this;
    }

    /// <summary>Takes the request and cuts the connection.</summary>
    public ScriptedHubSpot Cuts()
    {
        _script.Enqueue(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>Takes the request and says nothing until the client hangs up.</summary>
    public ScriptedHubSpot StaysSilent()
    {
        _script.Enqueue(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)
        );
        return this;
    }

    /// <summary>Waits until one more request has come in.</summary>
    public Task ArrivalAsync() => _arrived.WaitAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _arrived.Dispose();
        return _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(
            new(
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                await reader.ReadToEndAsync(),
                context.Request.Headers.Authorization.ToString()
            )
        );
        _arrived.Release();
        if (_script.TryDequeue(out var act))
        {
            await act(context);
        }
        else
        {
            // A refusal the client does not repeat: the test fails on it.
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
        }
    }
}

/// <summary>A request as it came in.</summary>
internal sealed record ScriptedRequest(string Method, string Target, string Body, string Authorization);
