using Microsoft.Extensions.Logging.Console;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// In Development without a connection string the portal brings its own PostgreSQL, which lives as long as the process
/// and keeps its data between runs.
/// </summary>
internal sealed class DevelopmentDatabase : IAsyncDisposable
{
    private readonly PrivatePostgresServer? _server;

    private DevelopmentDatabase(PrivatePostgresServer? server) => _server = server;

    /// <summary>Starts the private server when one is needed.</summary>
    /// <exception cref="PostgresUnavailableException">It cannot start; the message says what to do.</exception>
    public static async Task<DevelopmentDatabase> OpenAsync(string[] args, CancellationToken cancellationToken)
    {
        var settings = WebApplication.CreateBuilder(args);
        if (
            !settings.Environment.IsDevelopment()
            || !string.IsNullOrWhiteSpace(settings.Configuration.GetConnectionString(DatabaseOptions.ConnectionName))
        )
        {
            return new DevelopmentDatabase(null);
        }

        var section = settings.Configuration.GetSection(DatabaseOptions.Section);
        using var logging = LoggerFactory.Create(logging =>
            logging
                .AddSimpleConsole(console => console.SingleLine = true)
                .AddFilter<ConsoleLoggerProvider>(null, LogLevel.Information)
        );
        return new DevelopmentDatabase(
            await PrivatePostgresServer.StartAsync(
                new PrivatePostgresOptions
                {
                    Folder =
                        section[nameof(DatabaseOptions.PrivateFolder)]
                        ?? PrivatePostgresOptions.DefaultFolder("development"),
                    BinariesFolder = section[nameof(DatabaseOptions.PostgresBinaries)],
                },
                logging.CreateLogger<PrivatePostgresServer>(),
                cancellationToken
            )
        );
    }

    /// <summary>Hands the server's address to the portal.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        if (_server is not null)
        {
            builder.Configuration[$"ConnectionStrings:{DatabaseOptions.ConnectionName}"] = _server.ConnectionString;
            // The portal's own role is as it should be in production and makes no databases.
            builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.VerifyOn)}"] ??=
                _server.SuperuserConnectionString;
            // In the folder of the database that knows its records: whoever deletes it starts over with both.
            if (string.IsNullOrWhiteSpace(builder.Configuration[HubSpotSandboxProcess.StateFileSetting]))
            {
                builder.Configuration[HubSpotSandboxProcess.StateFileSetting] = Path.Combine(
                    _server.Folder,
                    "hubspot-sandbox.json"
                );
            }
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
