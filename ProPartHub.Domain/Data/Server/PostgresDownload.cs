using Microsoft.Extensions.Logging;
using MysticMind.PostgresEmbed;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Fetches PostgreSQL's programs where none are installed, by the library MysticMind.PostgresEmbed.</summary>
internal static class PostgresDownload
{
    private const int PreferredMajor = 17;

    /// <summary>Fetches and unpacks the programs, or takes those fetched earlier.</summary>
    /// <param name="options">Where from, and where to.</param>
    /// <param name="major">The major version existing data needs; <see langword="null"/> lets this class choose.</param>
    /// <param name="logger">Told about the progress.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PostgresUnavailableException">They could not be fetched; the message says what to do instead.</exception>
    public static async Task<PostgresBinaries> FetchAsync(
        PrivatePostgresOptions options,
        int? major,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        // A firewall that drops packets would otherwise hold the first start up for minutes.
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) };
        using var http = new HttpClient(handler);
        var wanted = major ?? PreferredMajor;
        try
        {
            var installer = new PgServer(
                new PgServerOptions
                {
                    PgVersion = wanted.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    DbDir = options.DownloadFolder,
                    BinariesDir = options.DownloadFolder,
                    MavenRepo = options.DownloadSource ?? PgServerOptions.DefaultMavenRepo,
                    DownloadRetryCount = 1,
                    HttpClient = http,
                    Logger = logger,
                }
            );
            await using (installer.ConfigureAwait(false))
            {
                await installer.InstallAsync(cancellationToken);
                return await PostgresBinaries.FindAsync(
                        Path.Combine(installer.InstallDir, "bin"),
                        major: wanted,
                        cancellationToken: cancellationToken
                    ) ?? throw new InvalidOperationException("The fetched programs are not complete.");
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PostgresUnavailableException(Message(options, major, exception), exception);
        }
    }

    private static string Message(PrivatePostgresOptions options, int? major, Exception cause)
    {
        var which = major is null
            ? $"PostgreSQL {PostgresBinaries.OldestMajor} or later"
            : $"PostgreSQL {major} (it made the data in '{options.Folder}')";
        var package = major is null ? "postgresql" : $"postgresql-{major}";
        return $"""
            The hub found no {which} on this machine and could not fetch it from {options.DownloadSource
                ?? "the internet"}.
            Reason: {cause.GetBaseException().Message}
            Do one of these, then start again:
              - install it:  Debian, Ubuntu: apt-get install {package}   macOS: brew install postgresql@17   Windows: the installer from postgresql.org
              - name a server of your own:  ConnectionStrings__Hub="Host=...;Database=...;Username=...;Password=..."
              - name the folder of postgres, initdb and pg_ctl:  {PrivatePostgresOptions.BinariesSetting}=/path/to/bin
            """;
    }
}
