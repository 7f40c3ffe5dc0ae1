using System.Text.Json.Nodes;
using Npgsql;
using ProPartHub.Domain.Backups;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>What is taken for a backup and what is not, and what a look at one leaves behind.</summary>
[Collection(BackupBed.OneClock)]
public sealed class BackupSoundnessTests : IAsyncLifetime
{
    private BackupBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BackupBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Damage_IsFound_AndRefusedWithItsReason()
    {
        var (_, file) = await _bed.FillAsync();
        var path = _bed.PathOf(await _bed.BackUpAsync());
        var (dump, list, manifest) = (
            Path.Combine(path, "database.dump"),
            Path.Combine(path, "objects.json"),
            Path.Combine(path, "manifest.json")
        );
        var content = Directory.GetFiles(path, $"{file:N}", SearchOption.AllDirectories).Single();

        await WithAsync(dump, bytes => bytes[..^1000], "cut off", path);
        await WithAsync(dump, Changed, "database.dump was changed", path);
        await WithAsync(content, Changed, "was changed", path);
        await WithAsync(content, _ => null, "is missing", path);
        await WithAsync(list, Changed, "objects.json was changed", path);
        await WithAsync(manifest, _ => null, "no whole backup", path);
        await WithAsync(manifest, bytes => bytes[..100], "cannot be read", path);
        await WithAsync(manifest, bytes => Edited(bytes, "format", 99), "has format 99", path);

        Assert.True((await VerifyAsync(path)).IsRestored);
    }

    [Fact]
    public async Task ManifestThatSaysMore_IsFoundByRestoring()
    {
        await _bed.FillAsync();
        var path = _bed.PathOf(await _bed.BackUpAsync());
        var manifest = Path.Combine(path, "manifest.json");
        var bytes = await File.ReadAllBytesAsync(manifest, Token);
        var node = JsonNode.Parse(bytes)!;
        node["rows"]!["users"] = 2;
        await File.WriteAllTextAsync(manifest, node.ToJsonString(), Token);

        var verdict = await VerifyAsync(path);

        Assert.Equal("Table users has 1 rows; the manifest says 2 rows.", Assert.Single(verdict.Faults));
    }

    [Fact]
    public async Task SchemaThatThisPortalDoesNotKnow_IsRefused()
    {
        await _bed.FillAsync();
        var path = _bed.PathOf(await _bed.BackUpAsync());
        var manifest = Path.Combine(path, "manifest.json");
        await File.WriteAllBytesAsync(
            manifest,
            Edited(await File.ReadAllBytesAsync(manifest, Token), "migration", "29990101000000_Future"),
            Token
        );

        var refused = await Assert.ThrowsAsync<BackupException>(async () =>
            await _bed.RestoreAsync(path, await _bed.EmptyAsync())
        );

        Assert.Contains("29990101000000_Future", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondBackup_SharesUnchangedFiles_AndCopiesAnewWhatHasRotted()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (_, file) = await _bed.FillAsync();
        var first = await _bed.BackUpAsync();
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await _bed.BackUpAsync();

        Assert.Equal(first.Size, first.Added);
        Assert.True(second.Size - second.Added > 200_000, $"{second.Added} of {second.Size} were copied");

        // Both names are of one file: what rots in one has rotted in both.
        var held = Directory.GetFiles(_bed.PathOf(second), $"{file:N}", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(held, Changed(await File.ReadAllBytesAsync(held, Token)), Token);
        Assert.False((await VerifyAsync(_bed.PathOf(first))).IsSound);
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await _bed.BackUpAsync();

        Assert.Equal((BackupResult.Done, BackupCheck.Restored), (third.Result, third.Check));
        Assert.True(
            third.Added > 200_000,
            $"{third.Added} of {third.Size} were copied, {second.Added} of {second.Size} before"
        );
    }

    [Fact]
    public async Task FilesAndFolders_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await _bed.FillAsync();
        var path = _bed.PathOf(await _bed.BackUpAsync());

        foreach (var file in Directory.GetFiles(path, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        foreach (
            var folder in Directory
                .GetDirectories(path, "*", SearchOption.AllDirectories)
                .Append(path)
                .Append(_bed.Shelf)
        )
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(folder)
            );
        }
    }

    [Fact]
    public async Task HalfMade_IsNoBackup_AndGoesWithTheNext()
    {
        await _bed.FillAsync();
        var left = Directory.CreateDirectory(Path.Combine(_bed.Shelf, ".propart-2026-11-26T010000Z.partial"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "manifest.json"), "{}", Token);
        Directory.CreateDirectory(Path.Combine(_bed.Shelf, "propart-2026-11-26T020000Z"));
        Assert.Empty(await BackupShelf.ListAsync(_bed.Shelf, Token));

        var run = await _bed.BackUpAsync();

        Assert.False(Directory.Exists(left.FullName));
        Assert.Equal([run.Name], (await BackupShelf.ListAsync(_bed.Shelf, Token)).Select(backup => backup.Name));
    }

    [Fact]
    public async Task ScratchDatabases_AreDropped_TheirOwnAndThoseOfACrash()
    {
        var old = await ScratchAsync(_bed.Time.GetUtcNow() - ScratchDatabase.LongestLife - TimeSpan.FromMinutes(1));
        var young = await ScratchAsync(_bed.Time.GetUtcNow() - TimeSpan.FromMinutes(5));
        await _bed.FillAsync();
        var before = await DatabasesAsync();

        await _bed.BackUpAsync();

        var after = await DatabasesAsync();
        Assert.Contains(old, before);
        Assert.DoesNotContain(old, after);
        Assert.Contains(young, after);
        // Tests of others may have theirs at the same moment; none of this hour is older than this one's.
        await using var drop = new NpgsqlConnection(await TestDatabase.SuperuserAsync());
        await drop.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"DROP DATABASE {young}", drop);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<string> ScratchAsync(DateTimeOffset at)
    {
        var name = $"{ScratchDatabase.Prefix}{at:yyyyMMddHHmmss}_{Guid.NewGuid().ToString("N")[..6]}";
        await using var connection = new NpgsqlConnection(await TestDatabase.SuperuserAsync());
        await connection.OpenAsync(Token);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync(Token);
        return name;
    }

    private static async Task<IReadOnlyList<string>> DatabasesAsync()
    {
        await using var connection = new NpgsqlConnection(await TestDatabase.SuperuserAsync());
        await connection.OpenAsync(Token);
        return (
                await DatabaseFigures.ValueAsync<string[]>(
                    connection,
                    $"SELECT array_agg(datname::text) FROM pg_database WHERE starts_with(datname, '{ScratchDatabase.Prefix}')",
                    Token
                )
            ) ?? [];
    }

    private Task<BackupVerdict> VerifyAsync(string path) =>
        _bed.Get<BackupVerification>().VerifyAsync(path, _ => Task.CompletedTask, Token);

    // The look finds it, the restore refuses it, and then all is as it was.
    private async Task WithAsync(string file, Func<byte[], byte[]?> change, string words, string path)
    {
        var bytes = await File.ReadAllBytesAsync(file, Token);
        // In place of it, since other backups may have the same file by another name.
        File.Delete(file);
        if (change(bytes) is { } changed)
        {
            await File.WriteAllBytesAsync(file, changed, Token);
        }

        string told;
        try
        {
            told = string.Join(' ', (await VerifyAsync(path)).Faults);
        }
        catch (BackupException fault)
        {
            told = fault.Message;
        }

        var into = await _bed.EmptyAsync();
        var refused = await Assert.ThrowsAsync<BackupException>(() => _bed.RestoreAsync(path, into));
        Assert.Contains(words, told, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        await using (var direct = new NpgsqlConnection(into))
        {
            await direct.OpenAsync(Token);
            Assert.Equal(0L, await DatabaseFigures.ValueAsync<long>(direct, DatabaseFigures.Own, Token));
        }

        File.Delete(file);
        await File.WriteAllBytesAsync(file, bytes, Token);
    }

    private static byte[] Changed(byte[] bytes)
    {
        byte[] changed = [.. bytes];
        changed[^5] ^= 1;
        return changed;
    }

    private static byte[] Edited(byte[] bytes, string property, JsonNode value)
    {
        var node = JsonNode.Parse(bytes)!;
        node[property] = value;
        return System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());
    }
}
