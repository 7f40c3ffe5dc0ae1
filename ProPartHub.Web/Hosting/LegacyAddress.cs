using Npgsql;

namespace ProPartHub.Web.Hosting;

/// <summary>Reads where the old portal's database is: as Npgsql writes it, or as the old portal's own DATABASE_URL.</summary>
internal static class LegacyAddress
{
    /// <summary>The connection string; null for text that is none.</summary>
    public static string? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return
                Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "postgres" or "postgresql"
                ? Of(address)
                : new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Of(Uri address)
    {
        var user = address.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }
}
