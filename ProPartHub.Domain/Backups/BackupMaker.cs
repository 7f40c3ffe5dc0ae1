using Microsoft.Extensions.Options;
using Npgsql;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Backups;

/// <summary>A backup that was made.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Added">Bytes that the disk holds more by it.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record BackupMade(string Name, string Path, long Added, BackupManifest Manifest);

/// <summary>
/// Makes one backup. Objects first, then the database, then the objects that came meanwhile: an object that a row of the dump
/// names was either there before and is copied, or came during the backup and is too young to be swept. So nobody has to be
/// kept from writing or sweeping.
/// </summary>
public sealed class BackupMaker(
    BackupConnection connection,
    BackupShelf shelf,
    IFileVault vault,
    IOptions<BackupOptions> options,
    TimeProvider time
)
{
    // A full disk stops the database too, where they share one.
    private const long Reserve = 64L * 1024 * 1024;

    /// <summary>Makes one; whoever calls holds the lease.</summary>
    /// <exception cref="BackupException">It cannot be made; nothing is left of it.</exception>
    public async Task<BackupMade> MakeAsync(string folder, BackupReport report, CancellationToken cancellationToken)
    {
        folder = System.IO.Path.GetFullPath(folder);
        var startedAt = time.GetUtcNow();
        // Before anything is copied: without them all of it would be for nothing.
        var server = await ServerMajorAsync(connection.ConnectionString, cancellationToken);
        var client = await PostgresClient.FindAsync(options.Value.ProgramsFolder, server, cancellationToken);
        var (name, partial) = Begin(folder);
        try
        {
            var before = (await BackupShelf.ListAsync(folder, cancellationToken)).FirstOrDefault(each =>
                each.Verdict?.IsSound != false
            );
            var old = before is null ? null : System.IO.Path.Combine(folder, before.Name);
            var objects = new BackupObjects(vault, partial, old);
            await CopyFirstAsync(objects, before, old, folder, report, cancellationToken);
            var (manifest, added) = await DumpAsync(
                client,
                server,
                partial,
                startedAt,
                objects,
                report,
                cancellationToken
            );
            await BackupManifest.WriteJsonAsync(
                System.IO.Path.Combine(partial, BackupManifest.FileName),
                manifest,
                cancellationToken
            );
            return new(name, BackupShelf.Finish(folder, name, partial), added, manifest);
        }
        catch (Exception fault)
        {
            Directory.Delete(partial, recursive: true);
            if (fault is IOException or UnauthorizedAccessException)
            {
                throw new BackupException($"The backup could not be written: {fault.Message}", fault);
            }

            throw;
        }
    }

    private (string Name, string Path) Begin(string folder)
    {
        try
        {
            return shelf.Begin(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"Nothing can be written in '{folder}': {fault.Message}", fault);
        }
    }

    private async Task CopyFirstAsync(
        BackupObjects objects,
        StoredBackup? before,
        string? old,
        string folder,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<string> names;
        long database;
        await using (var direct = new NpgsqlConnection(connection.ConnectionString))
        {
            await direct.OpenAsync(cancellationToken);
            names = await ObjectNames.ReadAsync(direct, cancellationToken);
            database = await DatabaseFigures.ValueAsync<long>(
                direct,
                "SELECT pg_database_size(current_database())",
                cancellationToken
            );
        }

        var known = before is null ? [] : await before.Manifest.ReadObjectsAsync(old!, cancellationToken);
        var needed = await objects.LookAsync(names, known, cancellationToken) + database;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed + Reserve)
        {
            throw new BackupException(
                $"'{folder}' has {Megabytes(free)} free; the backup may need {Megabytes(needed)} and {Megabytes(Reserve)} to spare."
            );
        }

        await objects.CopyAsync(names, report, cancellationToken);
    }

    private async Task<(BackupManifest Manifest, long Added)> DumpAsync(
        PostgresClient client,
        int server,
        string partial,
        DateTimeOffset startedAt,
        BackupObjects objects,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        await report(new(BackupStep.Database));
        await using var snapshot = await BackupSnapshot.OpenAsync(connection.ConnectionString, cancellationToken);
        var snapshotAt = time.GetUtcNow();
        var file = System.IO.Path.Combine(partial, BackupManifest.DumpName);
        // Made here first, so that it is nobody else's to read from its first byte on.
        await PrivateFile.Create(file).DisposeAsync();
        await client.DumpAsync(connection.ConnectionString, snapshot.Name, file, cancellationToken);

        var names = await snapshot.NamesAsync(cancellationToken);
        objects.KeepOnly(names);
        await objects.CopyAsync(names, report, cancellationToken);
        List<BackupObject> all = [.. objects.All];
        await BackupManifest.WriteJsonAsync(
            System.IO.Path.Combine(partial, BackupManifest.ObjectsName),
            all,
            cancellationToken
        );
        var dump = await PartAsync(partial, BackupManifest.DumpName, cancellationToken);
        var manifest = new BackupManifest
        {
            Portal = HubTelemetry.Version,
            Migration =
                await snapshot.ValueAsync<string>(DatabaseFigures.Migration, cancellationToken)
                ?? throw new BackupException("The database has no schema of the portal's yet."),
            ServerMajor = server,
            DumpMajor = client.Major,
            StartedAt = startedAt,
            SnapshotAt = snapshotAt,
            EndedAt = time.GetUtcNow(),
            Rows = await snapshot.RowsAsync(cancellationToken),
            ForeignKeys = (int)await snapshot.ValueAsync<long>(DatabaseFigures.ForeignKeys, cancellationToken),
            AuditHead =
                await snapshot.ValueAsync<string>("SELECT encode(head, 'hex') FROM audit_seal_state", cancellationToken)
                ?? "",
            Keys = (int)await snapshot.ValueAsync<long>("SELECT count(*) FROM data_protection_keys", cancellationToken),
            KeysAreEncrypted = !await snapshot.ValueAsync<bool>(
                "SELECT count(*) = 0 OR bool_or(xml NOT LIKE '%encryptedSecret%') FROM data_protection_keys",
                cancellationToken
            ),
            Dump = dump,
            Objects = await PartAsync(partial, BackupManifest.ObjectsName, cancellationToken),
            ObjectCount = all.Count,
            Size = dump.Size + all.Sum(each => each.Size),
            Missing = [.. objects.Missing],
        };
        return (manifest, dump.Size + objects.Added);
    }

    private static async Task<BackupPart> PartAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var (size, hash) = await PrivateFile.HashAsync(System.IO.Path.Combine(folder, name), cancellationToken);
        return new(name, size, hash);
    }

    /// <summary>Major version of a server.</summary>
    internal static async Task<int> ServerMajorAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var direct = new NpgsqlConnection(connectionString);
        await direct.OpenAsync(cancellationToken);
        return direct.PostgreSqlVersion.Major;
    }

    private static string Megabytes(long bytes) => $"{bytes / 1024 / 1024} MB";
}
