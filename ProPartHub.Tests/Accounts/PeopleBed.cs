using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Timeline;

namespace ProPartHub.Tests.Accounts;

/// <summary>The hub's two teams with the services that admins run accounts by.</summary>
internal sealed class PeopleBed : IAsyncDisposable
{
    private readonly DirectoryInfo _documents = Directory.CreateTempSubdirectory("propart-documents-");
    private readonly ServiceProvider _services;

    private PeopleBed(HubBed bed)
    {
        Bed = bed;
        bed.TakeFiles(_documents);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(new Dictionary<string, string?> { ["Accounts:BcryptCost"] = "4" })
                    .Build()
            )
            .AddSingleton<TimeProvider>(bed.Time)
            .AddSingleton(bed.Get<HubDatabase>());
        services.AddDataProtection();
        services.AddHubAccounts();
        services.Configure<HubFileOptions>(options => options.Folder = _documents.FullName);
        services.AddHubSpotSyncServices();
        services.AddSingleton(bed.Get<BackupShelf>());
        services.AddSingleton(bed.Get<BackupPlan>());
        services.AddOperationsDesk();
        _services = services.BuildServiceProvider();
    }

    public HubBed Bed { get; }

    public static async Task<PeopleBed> CreateAsync(CancellationToken cancellationToken) =>
        new(await HubBed.CreateAsync(cancellationToken));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A service by its type; null where only the hub's own bed has it.</summary>
    public object? Find(Type type) => _services.GetService(type);

    public Task<HubUser> UserAsync(Guid id) => Bed.ReadAsync(db => db.Users.SingleAsync(user => user.Id == id));

    public Task ChangeAsync(Guid id, Action<HubUser> change) =>
        Bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) => change(await db.Users.SingleAsync(user => user.Id == id, token)),
                CancellationToken.None
            );

    /// <summary>What was recorded about an account, oldest first.</summary>
    public Task<List<SecurityEvent>> EventsAsync(Guid id) =>
        Bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.UserId == id).OrderBy(entry => entry.Id).ToListAsync()
        );

    /// <summary>The present values of a person as an admin's form has them.</summary>
    public async Task<PersonInput> InputAsync(Guid id)
    {
        var user = await UserAsync(id);
        return new(user.UserName!, user.DisplayName, user.Email!, user.Role, user.TeamId, null, user.Culture);
    }

    public Task OwnerAsync(string ownerId, string name) =>
        Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) => Task.FromResult(db.HubSpotOwners.Add(new HubSpotOwner { Id = ownerId, Name = name })),
                CancellationToken.None
            );

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Bed.DisposeAsync();
        _documents.Delete(recursive: true);
    }
}
