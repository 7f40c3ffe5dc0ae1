using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>
/// A portal outside Development with people, files, documents and a sealed audit, and folders for its backups. Nothing is
/// backed up by itself until <see cref="SwitchOn"/>.
/// </summary>
internal sealed class BackupBed : IAsyncDisposable
{
    /// <summary>Of tests that make scratch databases: each drops what is old by its own clock, so they run one after another.</summary>
    public const string OneClock = "scratch databases";

    private readonly TestDatabase _database;
    private readonly List<IAsyncDisposable> _others = [];

    private BackupBed(TestDatabase database, HubHost host, FakeTimeProvider time) =>
        (_database, Host, Time) = (database, host, time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static DirectoryInfo NewRoot() => Directory.CreateTempSubdirectory("hub-backup");

    public required DirectoryInfo Root { get; init; }

    public HubHost Host { get; }

    public FakeTimeProvider Time { get; }

    public string Connection => _database.ConnectionString;

    public string Shelf => Path.Combine(Root.FullName, "backups");

    public string Files => Path.Combine(Root.FullName, "files");

    public FileStore Store => Get<FileStore>();

    public static async Task<BackupBed> CreateAsync(
        bool mayVerify = true,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var database = await TestDatabase.CreateAsync(Token);
        var (root, time) = (NewRoot(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero)));
        var all = Settings(root, mayVerify ? await TestDatabase.SuperuserAsync() : null);
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        var host = await HubHost.StartAsync(
            database.ConnectionString,
            new()
            {
                Environment = "Production",
                Time = time,
                Settings = all,
            }
        );
        // It ends at once for want of a folder, and may begin late on a busy machine.
        await host.Services.GetRequiredService<BackupKeeping>().ExecuteTask!;
        return new BackupBed(database, host, time) { Root = root };
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Has the portal keep its backups in <see cref="Shelf"/>.</summary>
    public void SwitchOn() => Get<IOptions<BackupOptions>>().Value.Folder = Shelf;

    /// <summary>Somebody with a password, a stored file, and the audit of it sealed.</summary>
    public async Task<(HubUser Admin, Guid FileId)> FillAsync()
    {
        var admin = await Host.AddUserAsync("chief", AccountHub.Password, Role.Admin);
        var file = await SaveAsync(1);
        await Host.Database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.SettingChanged, Actor.System, Time, null));
                return Task.CompletedTask;
            },
            Token
        );
        await SealAsync(Host);
        return (admin, file);
    }

    /// <summary>Seals what was written so far; transactions of other tests may hold that up.</summary>
    public static Task SealAsync(HubHost host) =>
        Eventually.IsAsync(
            async () =>
            {
                await host.Services.GetRequiredService<AuditSealer>().SealAllAsync(Token);
                await using var db = await host.Database.ReadAsync(Token);
                return await db.AuditSeals.CountAsync(Token) == await db.SecurityEvents.CountAsync(Token);
            },
            Token
        );

    /// <summary>Stores a content of 200,000 bytes.</summary>
    public async Task<Guid> SaveAsync(int seed) =>
        (await Store.SaveAsync(FileBed.Pdf(FileBed.Content(200_000, seed)), FileRule.Documents, Token)).File!.Id;

    /// <summary>Makes a backup in <see cref="Shelf"/>.</summary>
    public async Task<BackupRun> BackUpAsync()
    {
        var run = Get<BackupPlan>().NewRun(BackupRunKind.Backup, Actor.System, null, Shelf);
        Assert.True(await Get<BackupRunner>().BackUpAsync(run, null, Token));
        return run;
    }

    public string PathOf(BackupRun run) => Path.Combine(Shelf, run.Name!);

    /// <summary>An empty database on the same server.</summary>
    public async Task<string> EmptyAsync()
    {
        var database = await TestDatabase.CreateAsync(
            new TemplateDatabase("empty_template", (_, _) => Task.CompletedTask),
            Token
        );
        _others.Add(database);
        return database.ConnectionString;
    }

    /// <summary>Restores into a database, with files into a folder of their own.</summary>
    public Task<BackupManifest> RestoreAsync(string path, string into, string? overwrite = null) =>
        Get<BackupRestore>()
            .RestoreAsync(
                new RestoreOrder(path, into)
                {
                    Files = Path.Combine(Root.FullName, "restored", "files"),
                    Overwrite = overwrite,
                },
                _ => Task.CompletedTask,
                Token
            );

    /// <summary>A portal over what was restored.</summary>
    public async Task<HubHost> OpenRestoredAsync(string connection)
    {
        var host = await HubHost.StartAsync(
            connection,
            new()
            {
                Environment = "Production",
                Time = Time,
                Settings = Settings(new DirectoryInfo(Path.Combine(Root.FullName, "restored")), null),
            }
        );
        _others.Insert(0, host);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await _database.DisposeAsync();
        Root.Delete(recursive: true);
    }

    private static Dictionary<string, string?> Settings(DirectoryInfo root, string? verifyOn) =>
        new() { ["Files:Folder"] = Path.Combine(root.FullName, "files"), ["Backup:VerifyOn"] = verifyOn };
}
