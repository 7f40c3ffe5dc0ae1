using System.Text.Json;

namespace ProPartHub.Domain.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its place in the backup's folder, with slashes.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, as hexadecimal text.</param>
public sealed record BackupPart(string Path, long Size, string Sha256);

/// <summary>A stored object in a backup: sealed, as it lay in the vault.</summary>
/// <param name="Path">Its place in the backup's folder, with slashes.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, as hexadecimal text.</param>
/// <param name="StoredAt">When it was put where it was copied from (UTC); the next backup knows by it whether it is the same.</param>
public sealed record BackupObject(string Path, long Size, string Sha256, DateTimeOffset StoredAt);

/// <summary>
/// What a backup holds: written last, so that a folder without it is none. Times are UTC, counts are those of the snapshot
/// that the dump was made of.
/// </summary>
public sealed record BackupManifest
{
    /// <summary>The newest format that this portal writes and reads.</summary>
    public const int NewestFormat = 1;

    /// <summary>Name of its file.</summary>
    public const string FileName = "manifest.json";

    internal const string DumpName = "database.dump";
    internal const string ObjectsName = "objects.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The format of the folder.</summary>
    public int Format { get; init; } = NewestFormat;

    /// <summary>Version of the portal that made it.</summary>
    public required string Portal { get; init; }

    /// <summary>The last migration of the schema.</summary>
    public required string Migration { get; init; }

    /// <summary>Major version of the server.</summary>
    public int ServerMajor { get; init; }

    /// <summary>Major version of pg_dump: an older pg_restore does not read it.</summary>
    public int DumpMajor { get; init; }

    /// <summary>When the backup began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The moment whose data it holds.</summary>
    public DateTimeOffset SnapshotAt { get; init; }

    /// <summary>When it was whole.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Rows of each table.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>How many foreign keys the schema has.</summary>
    public int ForeignKeys { get; init; }

    /// <summary>Head of the audit's chain, as hexadecimal text; empty where nothing was sealed.</summary>
    public string AuditHead { get; init; } = "";

    /// <summary>How many data-protection keys are inside: without them neither files nor authenticator apps can be read.</summary>
    public int Keys { get; init; }

    /// <summary>
    /// Whether all of them are encrypted with a certificate, which is not inside and has to be kept elsewhere. False: whoever
    /// has the backup can read everything.
    /// </summary>
    public bool KeysAreEncrypted { get; init; }

    /// <summary>The dump of the database (pg_dump, custom format).</summary>
    public required BackupPart Dump { get; init; }

    /// <summary>The list of stored objects.</summary>
    public required BackupPart Objects { get; init; }

    /// <summary>How many stored objects it holds.</summary>
    public int ObjectCount { get; init; }

    /// <summary>Bytes of dump and objects together, whether or not they share their place with another backup.</summary>
    public long Size { get; init; }

    /// <summary>Objects that rows name and that were already lost where they belong: a restore cannot bring them back.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupException">There is none, it cannot be read, or its format is newer than this portal.</exception>
    internal static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupException($"'{folder}' is no whole backup: it has no {FileName}.");
        }

        var manifest = await ReadJsonAsync<BackupManifest>(path, cancellationToken);
        return manifest.Format is >= 1 and <= NewestFormat
            ? manifest
            : throw new BackupException(
                $"The backup has format {manifest.Format}; this portal knows formats up to {NewestFormat}. Take the portal's version {manifest.Portal}."
            );
    }

    /// <summary>Reads the list of objects.</summary>
    internal Task<List<BackupObject>> ReadObjectsAsync(string folder, CancellationToken cancellationToken) =>
        ReadJsonAsync<List<BackupObject>>(Path.Combine(folder, Objects.Path), cancellationToken);

    /// <summary>Writes something as a private file that is on the disk when this returns.</summary>
    internal static async Task WriteJsonAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        await using var file = PrivateFile.Create(path);
        await JsonSerializer.SerializeAsync(file, value, Json, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }

    internal static async Task<T> ReadJsonAsync<T>(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(file, Json, cancellationToken)
                ?? throw new JsonException("null");
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new BackupException($"'{path}' cannot be read: {fault.Message}", fault);
        }
    }
}
