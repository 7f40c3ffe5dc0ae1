using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ProPartHub.Benchmarks.Circuits;

/// <summary>A batch as it arrived.</summary>
public sealed record ArrivedBatch(long At, int Bytes, RenderBatchReader Content);

/// <summary>
/// A browser without a screen: opens a page as the person whose cookies it is given, starts the circuit and answers as
/// Blazor's script would, so that the server keeps rendering.
/// </summary>
public sealed partial class CircuitClient : IAsyncDisposable
{
    // Of JSCallResultType, and how Blazor's script writes such a result.
    private const int ObjectReference = 1;
    private const string AnObject = """{"__jsObjectId":1}""";

    private readonly Uri _server;
    private readonly CookieContainer _cookies;
    private readonly HubConnection _hub;
    private readonly TaskCompletionSource _firstRender = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _secret;
    private int _errors;

    private CircuitClient(Uri server, CookieContainer cookies, Action<ArrivedBatch> onBatch)
    {
        (_server, _cookies) = (server, cookies);
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(server, "_blazor"),
            HttpTransportType.WebSockets,
            http => (http.Cookies, http.WebSocketFactory) = (cookies, ConnectAsync)
        );
        builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        _hub = builder.Build();
        _hub.On<long, byte[]>("JS.RenderBatch", (id, bytes) => RenderAsync(id, bytes, onBatch));
        _hub.On<long, string, string, int, long, int>(
            "JS.BeginInvokeJS",
            (handle, _, _, wanted, _, _) => AnswerAsync(handle, wanted)
        );
        _hub.On<string>("JS.Error", message => Fail(new InvalidOperationException(message)));
        _hub.Closed += exception =>
        {
            if (exception is not null)
            {
                Fail(exception);
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Exceptions that the server reported, and broken connections.</summary>
    public int Errors => _errors;

    /// <summary>The last of them.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Opens a page and waits until the circuit has rendered it.</summary>
    /// <param name="server">The portal's address, ending in a slash.</param>
    /// <param name="path">The page.</param>
    /// <param name="cookies">The signed-in person's.</param>
    /// <param name="onBatch">Called for each batch, on the connection's thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The page has no interactive component, or the circuit failed.</exception>
    public static async Task<CircuitClient> OpenAsync(
        Uri server,
        string path,
        CookieContainer cookies,
        Action<ArrivedBatch> onBatch,
        CancellationToken cancellationToken
    )
    {
        var client = new CircuitClient(server, cookies, onBatch);
        try
        {
            await client.StartAsync(new Uri(server, path), cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the circuit too: a server keeps one whose socket merely ended for minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_secret is not null)
        {
            using var http = Http();
            using var form = new MultipartFormDataContent { { new StringContent(_secret), "circuitId" } };
            using var answer = await http.PostAsync(new Uri(_server, "_blazor/disconnect"), form);
        }

        await _hub.DisposeAsync();
    }

    private async Task StartAsync(Uri page, CancellationToken cancellationToken)
    {
        using var http = Http();
        using var answer = await http.GetAsync(page, cancellationToken);
        var content = CircuitPage.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        if (content.Markers.Count == 0)
        {
            throw new InvalidOperationException(
                $"{answer.RequestMessage!.RequestUri} ({(int)answer.StatusCode}) has no interactive component."
            );
        }

        await _hub.StartAsync(cancellationToken);
        _secret =
            await _hub.InvokeAsync<string?>(
                "StartCircuit",
                _server.ToString(),
                page.ToString(),
                "[]",
                content.State,
                cancellationToken
            ) ?? throw new InvalidOperationException("The server refused to start a circuit.");
        await _hub.InvokeAsync("UpdateRootComponents", content.AddAll(), content.State, cancellationToken);
        await _firstRender.Task.WaitAsync(cancellationToken);
    }

    private HttpClient Http() => new(new HttpClientHandler { CookieContainer = _cookies });

    private async Task RenderAsync(long id, byte[] bytes, Action<ArrivedBatch> onBatch)
    {
        var at = Stopwatch.GetTimestamp();
        try
        {
            onBatch(new ArrivedBatch(at, bytes.Length, RenderBatchReader.Read(bytes)));
            _firstRender.TrySetResult();
        }
        catch (InvalidDataException exception)
        {
            Fail(exception);
        }

        // Without this the server falls silent after ten batches.
        await AcknowledgeAsync(id);
    }

    // No script runs here: every call of the server is answered with null, or with an object where it wants one to call.
    private Task AnswerAsync(long handle, int wanted) =>
        handle == 0
            ? Task.CompletedTask
            : _hub.SendAsync(
                "EndInvokeJSFromDotNet",
                handle,
                true,
                $"[{handle.ToString(CultureInfo.InvariantCulture)},true,{(wanted == ObjectReference ? AnObject : "null")}]"
            );

    private void Fail(Exception exception)
    {
        LastError = exception;
        Interlocked.Increment(ref _errors);
        _firstRender.TrySetException(exception);
    }
}
