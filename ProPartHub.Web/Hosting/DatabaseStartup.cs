using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Before anything else starts: in Development brings the schema up to date (EF Core does so under a lock, so two
/// instances may start at once); elsewhere only looks whether the schema is this version's own. A database that does
/// not answer is a state and no reason to fall: the portal says so, is not ready, and goes on once it is back.
/// </summary>
internal sealed partial class DatabaseStartup(
    IDbContextFactory<HubDbContext> contexts,
    NpgsqlDataSource source,
    IServiceScopeFactory scopes,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<DatabaseStartup> logger
) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private bool _isPrepared;

    public Task StartingAsync(CancellationToken cancellationToken) => TryPrepareAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Applies what is missing of the schema.</summary>
    public static async Task MigrateAsync(IDbContextFactory<HubDbContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.MigrateAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isPrepared)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryPrepareAsync(stoppingToken);
        }
    }

    private async Task TryPrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            // One plain try: the retries of a context would hold the start up.
            await using (await source.OpenConnectionAsync(cancellationToken)) { }
            await PrepareAsync(cancellationToken);
            _isPrepared = true;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogAway(exception.Message);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            await MigrateAsync(contexts, cancellationToken);
        }
        else
        {
            await RefuseAnotherSchemaAsync(cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StageDirectory>().EnsureLocalPipelineAsync(cancellationToken);
    }

    private async Task RefuseAnotherSchemaAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            throw new SchemaBehindException(pending);
        }

        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var unknown = applied.Except(db.Database.GetMigrations()).ToList();
        if (unknown.Count > 0)
        {
            throw new SchemaAheadException(unknown);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private partial void LogAway(string reason);
}
