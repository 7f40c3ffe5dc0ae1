using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Files;
using ProPartHub.Tests.Accounts;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>From a portal to a backup to a portal, with the real programs of PostgreSQL.</summary>
[Collection(BackupBed.OneClock)]
public sealed class BackupDrillTests : IAsyncLifetime
{
    private BackupBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BackupBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task WhatWasLost_IsAsItWas_AndOldSessionsHaveEnded()
    {
        var (admin, file) = await _bed.FillAsync();
        var before = await _bed.Host.SignInAsync("chief", AccountHub.Password);
        var run = await _bed.BackUpAsync();
        Assert.Equal((BackupResult.Done, BackupCheck.Restored, null), (run.Result, run.Check, run.Words));
        var manifest = await BackupManifest.ReadAsync(_bed.PathOf(run), Token);
        await LoseAsync(admin.Id);

        var into = await _bed.EmptyAsync();
        await _bed.RestoreAsync(_bed.PathOf(run), into);
        var rows = await RowsAsync(into);
        var host = await _bed.OpenRestoredAsync(into);

        // One event says that it was restored, and is sealed with whatever waited to be.
        Assert.Equal(
            manifest.Rows.Where(table => table.Key is not ("security_events" or "audit_seals" or "operations")),
            rows.Where(table => table.Key is not ("security_events" or "audit_seals" or "operations"))
        );
        Assert.Equal(manifest.Rows["security_events"] + 1, rows["security_events"]);
        Assert.Equal(
            FileBytes(1),
            await ReadAsync(await host.Services.GetRequiredService<FileStore>().OpenAsync(file, Token))
        );
        var stamp = await ValueAsync<string>(into, "SELECT security_stamp FROM users WHERE user_name = 'chief'");
        Assert.NotEqual(admin.SecurityStamp, stamp);
        Assert.Equal(0L, await ValueAsync<long>(into, "SELECT count(*) FROM user_sessions WHERE ended_at IS NULL"));
        using (await host.SignInAsync("chief", AccountHub.Password)) { }

        await BackupBed.SealAsync(host);
        var verdict = await host
            .Services.GetRequiredService<AuditVerification>()
            .VerifyAsync(manifest.AuditHead, Token);
        Assert.Null(verdict.Fault);
        Assert.NotEmpty(manifest.AuditHead);
        before.Dispose();
    }

    [Fact]
    public async Task CookieFromBefore_OpensNothing_AfterARestoreInPlace()
    {
        var (admin, _) = await _bed.FillAsync();
        using var stolen = await _bed.Host.SignInAsync("chief", AccountHub.Password);
        var run = await _bed.BackUpAsync();
        var into = await _bed.EmptyAsync();
        await _bed.RestoreAsync(_bed.PathOf(run), into);
        var host = await _bed.OpenRestoredAsync(into);
        var session = await ValueAsync<Guid>(into, "SELECT id FROM user_sessions LIMIT 1");

        Assert.False(
            await host
                .Services.GetRequiredService<Domain.People.Sessions.UserSessions>()
                .IsLiveAsync(session, admin.Id, Token)
        );
        Assert.True(
            await _bed.Get<Domain.People.Sessions.UserSessions>().IsLiveAsync(session, admin.Id, Token),
            "the session lived until the restore"
        );
    }

    [Fact]
    public async Task OnAServerThatCountsAnew_TheAuditGoesOn()
    {
        await _bed.FillAsync();
        // As on a server that had long been at work: everything is sealed, far above what this one counts.
        await ExecuteAsync(_bed.Connection, "UPDATE audit_seal_state SET sealed_below = '900000000000'::xid8");
        var run = await _bed.BackUpAsync();
        var into = await _bed.EmptyAsync();

        await _bed.RestoreAsync(_bed.PathOf(run), into);

        var host = await _bed.OpenRestoredAsync(into);
        Assert.Null((await host.Services.GetRequiredService<AuditVerification>().VerifyAsync(null, Token)).Fault);
        await BackupBed.SealAsync(host);
        Assert.Null((await host.Services.GetRequiredService<AuditVerification>().VerifyAsync(null, Token)).Fault);
    }

    [Fact]
    public async Task WhileEverybodyWrites_TheBackupIsOfOneMoment()
    {
        await _bed.FillAsync();
        using var stop = new CancellationTokenSource();
        var seed = 100;
        var writers = Enumerable
            .Range(0, 2)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            await _bed.SaveAsync(Interlocked.Increment(ref seed));
                        }
                    },
                    Token
                )
            )
            .ToList();

        var run = await _bed.BackUpAsync();
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal((BackupResult.Done, BackupCheck.Restored, null), (run.Result, run.Check, run.Words));
        var manifest = await BackupManifest.ReadAsync(_bed.PathOf(run), Token);
        Assert.Equal(manifest.Rows["stored_files"], manifest.ObjectCount);
        Assert.Empty(manifest.Missing);
    }

    [Fact]
    public async Task FileLostBefore_IsNamed_AndDoesNotHoldTheBackupUp()
    {
        var (_, file) = await _bed.FillAsync();
        var lost = Directory.GetFiles(_bed.Files, $"{file:N}", SearchOption.AllDirectories).Single();
        File.Delete(lost);

        var run = await _bed.BackUpAsync();

        Assert.Equal((BackupResult.Done, BackupCheck.Restored), (run.Result, run.Check));
        Assert.Contains($"{file:N}", run.Words, StringComparison.Ordinal);
        Assert.Single((await BackupManifest.ReadAsync(_bed.PathOf(run), Token)).Missing);
    }

    [Fact]
    public async Task Restore_RefusesWhatIsNotEmpty_UnlessItsNameIsTyped()
    {
        await _bed.FillAsync();
        var run = await _bed.BackUpAsync();
        var into = await _bed.EmptyAsync();
        await ExecuteAsync(into, "CREATE TABLE dear (id int); INSERT INTO dear VALUES (1)");
        var name = new NpgsqlConnectionStringBuilder(into).Database!;

        var refused = await Assert.ThrowsAsync<BackupException>(() => _bed.RestoreAsync(_bed.PathOf(run), into));
        var mistyped = await Assert.ThrowsAsync<BackupException>(() =>
            _bed.RestoreAsync(_bed.PathOf(run), into, "another")
        );
        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", mistyped.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await ValueAsync<long>(into, "SELECT count(*) FROM dear"));
        Assert.False(Directory.Exists(Path.Combine(_bed.Root.FullName, "restored")));

        await _bed.RestoreAsync(_bed.PathOf(run), into, name);
        Assert.Equal(1L, await ValueAsync<long>(into, "SELECT count(*) FROM users"));
        Assert.Equal(
            "dear is gone",
            await ValueAsync<string>(into, "SELECT coalesce(to_regclass('dear')::text, 'dear is gone')")
        );
    }

    [Fact]
    public async Task Restore_IsRefusedWhileSomebodyIsConnected_AndNotForWhoeverHasJustLeft()
    {
        await _bed.FillAsync();
        var run = await _bed.BackUpAsync();
        var into = await _bed.EmptyAsync();
        var name = new NpgsqlConnectionStringBuilder(into).Database!;
        await ExecuteAsync(into, "CREATE TABLE dear (id int)");
        await using var other = new NpgsqlConnection(into + ";Pooling=false");
        await other.OpenAsync(Token);

        var refused = await Assert.ThrowsAsync<BackupException>(() => _bed.RestoreAsync(_bed.PathOf(run), into, name));
        Assert.Contains("end the portal", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await ValueAsync<long>(into, "SELECT count(*) FROM dear"));

        var restore = _bed.RestoreAsync(_bed.PathOf(run), into, name);
        await other.CloseAsync();
        await restore;
        Assert.Equal(1L, await ValueAsync<long>(into, "SELECT count(*) FROM users"));
    }

    private async Task LoseAsync(Guid userId)
    {
        await _bed.Host.Database.InTransactionAsync(
            (db, token) => db.Users.Where(user => user.Id == userId).ExecuteDeleteAsync(token),
            Token
        );
        Directory.Delete(_bed.Files, recursive: true);
    }

    private static byte[] FileBytes(int seed) => Files.FileBed.Content(200_000, seed);

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        await using (content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Token);
            return copy.ToArray();
        }
    }

    private static async Task<IReadOnlyDictionary<string, long>> RowsAsync(string connection)
    {
        await using var direct = await OpenAsync(connection);
        return await DatabaseFigures.RowsAsync(direct, Token);
    }

    private static async Task<T?> ValueAsync<T>(string connection, string sql)
    {
        await using var direct = await OpenAsync(connection);
        return await DatabaseFigures.ValueAsync<T>(direct, sql, Token);
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var direct = await OpenAsync(connection);
        await using var command = new NpgsqlCommand(sql, direct);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connection)
    {
        var direct = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString
        );
        await direct.OpenAsync(Token);
        return direct;
    }
}
