using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure.Postgres;

namespace ProPartHub.Tests.Infrastructure;

/// <summary>
/// The domain's services over a database of the test's own, with two teams: Olena and Taras work for manager Nina,
/// James for manager Mark; Ada is the admin.
/// </summary>
public sealed class HubBed : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private HubBed(TestDatabase database, FakeTimeProvider time)
    {
        Database = database;
        Time = time;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .ConfigureDbContext<HubDbContext>(builder => builder.AddInterceptors(Sql))
            .AddHubDomain()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        _scope = _services.CreateAsyncScope();
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Time { get; }

    public SqlCounter Sql { get; } = new();

    public Actor Olena { get; private set; } = null!;

    public Actor Taras { get; private set; } = null!;

    public Actor Nina { get; private set; } = null!;

    public Actor James { get; private set; } = null!;

    public Actor Mark { get; private set; } = null!;

    public Actor Ada { get; private set; } = null!;

    public string ConnectionString => Database.ConnectionString;

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A service by its type, if it is registered.</summary>
    public object? Find(Type type) => _scope.ServiceProvider.GetService(type);

    public static async Task<HubBed> CreateAsync(CancellationToken cancellationToken)
    {
        var bed = new HubBed(
            await TestDatabase.CreateAsync(cancellationToken),
            new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
        );
        await bed.Get<StageDirectory>().EnsureLocalPipelineAsync(cancellationToken);
        await bed.SeedPeopleAsync(cancellationToken);
        bed.Sql.Reset();
        return bed;
    }

    /// <summary>A valid input that no other lead of the test shares.</summary>
    public static LeadInput Input(int number, string name = "Клієнт") =>
        new() { ClientName = $"{name} {number}", Phone = $"+38050{1000000 + number}" };

    public Task<LeadCreated> LeadAsync(Actor agent, int number, string name = "Клієнт") =>
        Get<LeadService>().CreateAsync(agent, Input(number, name), null, CancellationToken.None);

    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> query)
    {
        await using var db = await Get<HubDatabase>().ReadAsync(CancellationToken.None);
        return await query(db);
    }

    public Task<Lead> LoadAsync(Guid leadId) => ReadAsync(db => db.Leads.SingleAsync(lead => lead.Id == leadId));

    public async Task<Guid> StageAsync(LeadStatus status) =>
        await ReadAsync(db => db.Stages.Where(stage => stage.Status == status).Select(stage => stage.Id).FirstAsync());

    /// <summary>
    /// Has shared readings kept, and reads each once, as in a process that has heard of changes for a while. What other
    /// processes change is not heard here.
    /// </summary>
    public async Task KeepSharedAsync()
    {
        var cancel = CancellationToken.None;
        Get<SharedGenerations>().Begin(await ReadAsync(db => db.SharedReadings.ToListAsync(cancel)));
        await Get<StageDirectory>().AllAsync(cancel);
        await Get<TagService>().AllAsync(cancel);
        await Get<PeopleQueries>().AssignableAsync(Ada, cancel);
        await Get<QuietRules>().RuleAsync(Ada, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }

    private Task SeedPeopleAsync(CancellationToken cancellationToken)
    {
        var (north, south) = (new Team { Name = "Північ" }, new Team { Name = "Південь" });
        Olena = Person("olena", "Олена Гнатюк", Role.Agent, north);
        Taras = Person("taras", "Тарас Вовк", Role.Agent, north);
        Nina = Person("nina", "Ніна Коваль", Role.Manager, north);
        James = Person("james", "James Reed", Role.Agent, south);
        Mark = Person("mark", "Mark Stone", Role.Manager, south);
        Ada = Person("ada", "Ada Byron", Role.Admin, null);
        var teams = new Dictionary<Guid, Team> { [north.Id] = north, [south.Id] = south };
        return Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.AddRange(teams.Values);
                    db.Users.AddRange(
                        new[] { Olena, Taras, Nina, James, Mark, Ada }.Select(actor => new HubUser
                        {
                            Id = actor.UserId,
                            UserName = Login(actor),
                            NormalizedUserName = Login(actor).ToUpperInvariant(),
                            Email = $"{Login(actor)}@example.com",
                            NormalizedEmail = $"{Login(actor)}@example.com".ToUpperInvariant(),
                            EmailConfirmed = true,
                            DisplayName = actor.Name,
                            Role = actor.Role,
                            TeamId = actor.TeamId,
                            CreatedAt = Time.GetUtcNow(),
                        })
                    );
                    return Task.CompletedTask;
                },
                cancellationToken
            );
    }

    private static Actor Person(string login, string name, Role role, Team? team) =>
        new(Guid.CreateVersion7(), name, role, team?.Id, login);

    // The tests' addresses double as log-in names.
    private static string Login(Actor actor) => actor.Address!;
}
