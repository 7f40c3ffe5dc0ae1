using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>Names of the stored objects that rows refer to.</summary>
/// <param name="Vault">Objects of the vault.</param>
/// <param name="Documents">Files of the folder of documents.</param>
internal sealed record ObjectNames(IReadOnlyList<string> Vault, IReadOnlyList<string> Documents)
{
    /// <summary>Reads them, as the connection's transaction sees them.</summary>
    public static async Task<ObjectNames> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var vault = await ListAsync("SELECT replace(id::text, '-', '') FROM stored_files");
        return new(
            vault,
            await ListAsync(
                "SELECT file_name FROM comment_attachments UNION SELECT file_name FROM verification_documents"
            )
        );

        async Task<IReadOnlyList<string>> ListAsync(string sql)
        {
            var names = new List<string>();
            await using var ask = new NpgsqlCommand(sql, connection);
            await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                // Names made by the portal; should one ever come from elsewhere, it still cannot leave the folder.
                names.Add(Path.GetFileName(reader.GetString(0)));
            }

            return names;
        }
    }
}
