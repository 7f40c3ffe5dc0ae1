using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>Names of the objects of the vault that rows refer to.</summary>
internal static class ObjectNames
{
    /// <summary>Reads them, as the connection's transaction sees them.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var names = new List<string>();
        await using var ask = new NpgsqlCommand("SELECT replace(id::text, '-', '') FROM stored_files", connection);
        await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
