using System.Net;
using ProPartHub.Benchmarks.Circuits;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Many people with the same page open; the demo people take turns.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private readonly List<CircuitClient> _circuits = [];

    public List<Viewer> Viewers { get; } = [];

    public int Errors => _circuits.Sum(circuit => circuit.Errors);

    /// <summary>One of them.</summary>
    public Exception? LastError =>
        _circuits.Select(circuit => circuit.LastError).FirstOrDefault(error => error is not null);

    public static async Task<OpenPages> OpenAsync(
        Uri server,
        string path,
        int count,
        CancellationToken cancellationToken
    )
    {
        var people = await DemoSession.EnterAllAsync(server, cancellationToken);
        return await OpenAsync(server, path, count, people, cancellationToken);
    }

    /// <summary>The same for whoever has such cookies.</summary>
    public static async Task<OpenPages> OpenAsync(
        Uri server,
        string path,
        int count,
        IReadOnlyList<CookieContainer> people,
        CancellationToken cancellationToken
    )
    {
        var pages = new OpenPages();
        try
        {
            for (var number = 0; number < count; number++)
            {
                var viewer = new Viewer();
                pages._circuits.Add(
                    await CircuitClient.OpenAsync(
                        server,
                        path,
                        people[number % people.Count],
                        viewer.Take,
                        cancellationToken
                    )
                );
                pages.Viewers.Add(viewer);
            }

            return pages;
        }
        catch
        {
            await pages.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var circuit in _circuits)
        {
            await circuit.DisposeAsync();
        }
    }
}
