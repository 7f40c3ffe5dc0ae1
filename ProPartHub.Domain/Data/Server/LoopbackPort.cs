using System.Net;
using System.Net.Sockets;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Finds a port for a server that this machine alone is to reach.</summary>
public static class LoopbackPort
{
    /// <summary>A TCP port of 127.0.0.1 that nobody had a moment ago; somebody else may still be quicker to take it.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
