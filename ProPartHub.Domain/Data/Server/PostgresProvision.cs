using MysticMind.PostgresEmbed;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Finds PostgreSQL's programs or, where none are installed, has a library fetch them.</summary>
internal static class PostgresProvision
{
    private const string FetchedVersion = "17";

    /// <exception cref="PostgresUnavailableException">None are installed and none can be fetched.</exception>
    public static async Task<PostgresBinaries> BinariesAsync(
        PrivatePostgresOptions options,
        CancellationToken cancellationToken
    )
    {
        if (PostgresBinaries.Find(options.BinariesFolder) is { } installed)
        {
            return installed;
        }

        if (!string.IsNullOrWhiteSpace(options.BinariesFolder))
        {
            throw Unavailable(
                $"The folder {options.BinariesFolder} has no PostgreSQL {PostgresBinaries.MinimumVersion} or later.",
                null
            );
        }

        try
        {
            return await FetchAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Unavailable("No PostgreSQL is installed, and fetching it failed.", error);
        }
    }

    private static async Task<PostgresBinaries> FetchAsync(CancellationToken cancellationToken)
    {
        var server = new PgServer(
            new PgServerOptions
            {
                PgVersion = FetchedVersion,
                BinariesDir = PrivatePostgresOptions.DefaultFolder("binaries"),
                DbDir = PrivatePostgresOptions.DefaultFolder("binaries"),
            }
        );
        await using (server)
        {
            await server.InstallAsync(cancellationToken);
            return PostgresBinaries.Find(server.PgBinDir)
                ?? throw new InvalidOperationException("The fetched programs do not run.");
        }
    }

    private static PostgresUnavailableException Unavailable(string what, Exception? inner) =>
        new(
            $"""
            {what}
            Do one of these:
              - install PostgreSQL {PostgresBinaries.MinimumVersion} or later (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@15);
              - set Database__PostgresBinaries to the folder of its programs (initdb, postgres);
              - set ConnectionStrings__Hub to a server of your own.
            """,
            inner
        );
}
