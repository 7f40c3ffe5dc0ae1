using System.Globalization;
using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>A connection string of Npgsql in the words of PostgreSQL's own programs.</summary>
internal static class LibpqEnvironment
{
    /// <summary>Variables of the child's environment, with those alone that say something.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return new Dictionary<string, string?>
        {
            ["PGHOST"] = connection.Host,
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGDATABASE"] = connection.Database,
            ["PGUSER"] = connection.Username,
            ["PGPASSWORD"] = connection.Password,
            ["PGPASSFILE"] = connection.Passfile,
            ["PGSSLMODE"] = SslMode(connection.SslMode),
            ["PGSSLROOTCERT"] = connection.RootCertificate,
            ["PGSSLCERT"] = connection.SslCertificate,
            ["PGSSLKEY"] = connection.SslKey,
            ["PGGSSENCMODE"] = connection.GssEncryptionMode is GssEncryptionMode.Disable ? "disable" : null,
            ["PGAPPNAME"] = "ProPart Hub backup",
        }
            .Where(variable => !string.IsNullOrEmpty(variable.Value))
            .Select(variable => KeyValuePair.Create(variable.Key, variable.Value!));
    }

    private static string SslMode(SslMode mode) =>
        mode switch
        {
            Npgsql.SslMode.Disable => "disable",
            Npgsql.SslMode.Allow => "allow",
            Npgsql.SslMode.Require => "require",
            Npgsql.SslMode.VerifyCA => "verify-ca",
            Npgsql.SslMode.VerifyFull => "verify-full",
            _ => "prefer",
        };
}
