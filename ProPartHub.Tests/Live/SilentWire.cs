using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ProPartHub.Tests.Live;

/// <summary>
/// A wire to PostgreSQL that can go dead without closing, as when a firewall forgets a connection. New connections
/// work again after <see cref="Mend"/>; old ones stay dead. It can also break just after a commit went over it, so that the
/// answer is lost.
/// </summary>
internal sealed class SilentWire : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private CancellationTokenSource _dead = new();
    private int _answersToLose;

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

    /// <summary>The next connection that commits breaks when the server has answered, before the client hears of it.</summary>
    public void LoseAnswerToCommit() => Interlocked.Exchange(ref _answersToLose, 1);

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
        var isLosing = false;
        await Task.WhenAny(
            CopyAsync(client, server, asked => Notes(ref isLosing, asked), end.Token),
            CopyAsync(server, client, _ => isLosing, end.Token)
        );
        if (dead.IsCancellationRequested)
        {
            // Neither closed nor answered, until the test is over.
            await Task.Delay(Timeout.Infinite, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What is asked always goes on: it is the answer that is lost.
    private bool Notes(ref bool isLosing, ReadOnlySpan<byte> asked)
    {
        isLosing |= asked.IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Exchange(ref _answersToLose, 0) == 1;
        return false;
    }

    // Ends before it hands on what the look at it refuses.
    private static async Task CopyAsync(Socket from, Socket to, Look look, CancellationToken cancellationToken)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(bytes, cancellationToken)) > 0)
            {
                var isRefused = look(bytes.AsSpan(0, count));
                if (isRefused)
                {
                    return;
                }

                for (var sent = 0; sent < count; )
                {
                    sent += await to.SendAsync(bytes.AsMemory(sent, count - sent), cancellationToken);
                }
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The wire is dead or one side hung up.
        }
    }

    private delegate bool Look(ReadOnlySpan<byte> bytes);
}
