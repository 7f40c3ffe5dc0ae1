using System.Diagnostics;
using System.Net;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Benchmarks.Live;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>One open page whose connection is cut and which comes back as Blazor's script does: at once, then again and again.</summary>
internal sealed class LostBrowser : IAsyncDisposable
{
    private const int Tries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CircuitClient _client;

    private LostBrowser(CircuitClient client, Viewer viewer) => (_client, Viewer) = (client, viewer);

    public Viewer Viewer { get; }

    /// <summary>How long it took to be back; null where it did not come back to its circuit.</summary>
    public TimeSpan? Took { get; private set; }

    /// <summary>Tries that ended in an error.</summary>
    public int Failures { get; private set; }

    /// <summary>True where the server knew its circuit no more.</summary>
    public bool IsForgotten { get; private set; }

    public static async Task<LostBrowser> OpenAsync(
        Uri server,
        string path,
        CookieContainer cookies,
        CancellationToken cancellationToken
    )
    {
        var viewer = new Viewer();
        return new(await CircuitClient.OpenAsync(server, path, cookies, viewer.Take, cancellationToken), viewer);
    }

    public Task CutAsync(CancellationToken cancellationToken) => _client.CutAsync(cancellationToken);

    public async Task ComeBackAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 0; attempt < Tries && Took is null && !IsForgotten; attempt++)
        {
            try
            {
                if (await _client.ReconnectAsync(cancellationToken))
                {
                    Took = Stopwatch.GetElapsedTime(begun);
                }
                else
                {
                    IsForgotten = true;
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Failures++;
                Console.Error.WriteLine(failure.Message);
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
