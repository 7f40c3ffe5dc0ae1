using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>A hub with people of its own and a former portal, side by side.</summary>
public sealed class LegacyBed : IAsyncDisposable
{
    private readonly PictureWorkshop _workshop;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-files");

    private LegacyBed(HubBed hub, LegacyPortal portal)
    {
        (Hub, Portal) = (hub, portal);
        Store = new(
            hub.Get<HubDatabase>(),
            new FolderVault(new HubFileOptions { Folder = _folder.FullName }),
            hub.Get<IDataProtectionProvider>(),
            hub.Time
        );
        _workshop = new(Store, NullLogger<PictureWorkshop>.Instance);
    }

    public HubBed Hub { get; }

    public FileStore Store { get; }

    public LegacyPortal Portal { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Both, the former portal with an admin (1) and her broker (2).</summary>
    public static async Task<LegacyBed> CreateAsync()
    {
        var bed = new LegacyBed(await HubBed.CreateAsync(Token), await LegacyPortal.CreateAsync());
        await bed.Portal.RunAsync(
            """
            INSERT INTO "user" (id, username, email, role) VALUES (1, 'chief', 'chief@old.example.com', 'admin');
            INSERT INTO "user" (id, username, email, admin_id, is_verified, commission, points, level)
            VALUES (2, 'ivan_broker', 'ivan@old.example.com', 1, true, 7.5, 2300, 'silver');
            """
        );
        return bed;
    }

    public Task<LegacyReport> MoveAsync(bool isApplied = true, string? files = null, bool queues = false) =>
        new LegacyImport(
            Hub.Get<HubDatabase>(),
            Hub.Get<NpgsqlDataSource>(),
            Hub.Get<StageDirectory>(),
            Store,
            _workshop,
            Hub.Time
        ).RunAsync(
            new LegacyOrder
            {
                From = Portal.ConnectionString,
                Files = files,
                IsApplied = isApplied,
                QueuesNewLeads = queues,
            },
            Token
        );

    /// <summary>What an old row became.</summary>
    public Task<Guid> NewAsync(LegacyKind kind, long oldId) =>
        Hub.ReadAsync(db =>
            db.LegacyIds.Where(row => row.Kind == kind && row.OldId == oldId)
                .Select(row => row.NewId)
                .SingleAsync(Token)
        );

    public Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> query) => Hub.ReadAsync(query);

    /// <summary>Every row of the hub's tables with its version: equal when nothing at all was written.</summary>
    public async Task<string> PrintAsync()
    {
        await using var connection = new NpgsqlConnection(Hub.ConnectionString);
        await connection.OpenAsync(Token);
        var tables = new List<string>();
        await using (
            var list = new NpgsqlCommand(
                """
                SELECT format('SELECT %L || coalesce(string_agg(ctid::text || xmin::text, '','' ORDER BY ctid), '''') FROM %I', relname, relname)
                FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
                """,
                connection
            )
        )
        await using (var reader = await list.ExecuteReaderAsync(Token))
        {
            while (await reader.ReadAsync(Token))
            {
                tables.Add(reader.GetString(0));
            }
        }

        tables.Add(
            "SELECT string_agg(sequencename || coalesce(last_value, 0), ',' ORDER BY sequencename) FROM pg_sequences"
        );
        var prints = new List<string>();
        foreach (var sql in tables)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            prints.Add((string)(await command.ExecuteScalarAsync(Token))!);
        }

        return string.Join('\n', prints);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Portal.DisposeAsync();
        _workshop.Dispose();
        _folder.Delete(recursive: true);
    }
}

internal static class LegacyReportReading
{
    /// <summary>Old numbers of the rows of a table to which a rule was applied.</summary>
    public static IEnumerable<long?> Of(this LegacyReport report, string rule, string table) =>
        report.Lines.Where(line => line.Rule.Name == rule && line.Table == table).Select(line => line.OldId);
}
