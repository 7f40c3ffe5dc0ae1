using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Before anything else starts: in Development brings the schema up to date (EF Core does so under a lock, so two
/// instances may start at once); elsewhere only looks whether the <c>migrate</c> command was run.
/// </summary>
internal sealed partial class DatabaseStartup(
    IDbContextFactory<HubDbContext> contexts,
    IServiceScopeFactory scopes,
    IHostEnvironment environment,
    ILogger<DatabaseStartup> logger
) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            await MigrateAsync(contexts, cancellationToken);
        }
        else
        {
            await WarnOfPendingAsync(cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StageDirectory>().EnsureLocalPipelineAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Applies what is missing of the schema.</summary>
    public static async Task MigrateAsync(IDbContextFactory<HubDbContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task WarnOfPendingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            LogPending(string.Join(", ", pending));
            throw new InvalidOperationException(
                "The database lacks migrations; run the portal once with the command 'migrate'."
            );
        }
    }

    [LoggerMessage(LogLevel.Critical, "The database lacks the migrations {Pending}; run the command 'migrate' first")]
    private partial void LogPending(string pending);
}
