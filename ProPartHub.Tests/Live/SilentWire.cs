using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProPartHub.Tests.Live;

/// <summary>
/// A wire to PostgreSQL that can go dead without closing, as when a firewall forgets a connection. New connections
/// work again after <see cref="Mend"/>; old ones stay dead.
/// </summary>
internal sealed class SilentWire : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private CancellationTokenSource _dead = new();

    public SilentWire(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = settings.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint(Path.Combine(settings.Host, $".s.PGSQL.{settings.Port}"))
            : new DnsEndPoint(settings.Host, settings.Port);
        _listener.Start();
        settings.Host = IPAddress.Loopback.ToString();
        settings.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    public void GoDead() => _dead.Cancel();

    public void Mend() => _dead = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _dead.Dispose();
    }

    private async Task AcceptAsync()
    {
        var wires = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                wires.Add(CarryAsync(client, _dead.Token));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(wires);
        }
    }

    private async Task CarryAsync(Socket client, CancellationToken dead)
    {
        using var _ = client;
        using var server = new Socket(
            _server is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        await server.ConnectAsync(_server, _stop.Token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(dead, _stop.Token);
        await Task.WhenAny(CopyAsync(client, server, end.Token), CopyAsync(server, client, end.Token));
        if (dead.IsCancellationRequested)
        {
            // Neither closed nor answered, until the test is over.
            await Task.Delay(Timeout.Infinite, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        try
        {
            await source.CopyToAsync(target, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The wire is dead or one side hung up.
        }
    }
}
