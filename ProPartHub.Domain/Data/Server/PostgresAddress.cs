using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Where a private server listens: on a socket in its folder alone or, where that cannot be, on a loopback port.</summary>
/// <param name="Host">The sockets' folder, or the loopback address.</param>
/// <param name="Port">The port; it is part of a socket's name as well.</param>
/// <param name="IsTcp">True for the loopback port.</param>
internal sealed record PostgresAddress(string Host, int Port, bool IsTcp)
{
    private const string Loopback = "127.0.0.1";

    /// <summary>The address that fits the options and the folder; a loopback port is one that is free now.</summary>
    public static PostgresAddress For(PrivatePostgresOptions options, PostgresFolder folder) =>
        options.UseTcp || !folder.SocketFits
            ? new(Loopback, LoopbackPort.Free(), IsTcp: true)
            : new(folder.Sockets, PostgresFolder.SocketPort, IsTcp: false);

    /// <summary>The server's settings for it.</summary>
    public IEnumerable<string> Settings =>
        [
            $"listen_addresses={(IsTcp ? Loopback : "")}",
            $"port={Port}",
            $"unix_socket_directories={(IsTcp ? "" : Host)}",
        ];

    /// <summary>The connection string for a database of the server.</summary>
    public string Connection(string database, string user, string password, bool pooling) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = database,
            Username = user,
            Password = password,
            Pooling = pooling,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
}
