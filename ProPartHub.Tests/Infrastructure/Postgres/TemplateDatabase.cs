using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>A database that is filled once in a run and then only copied.</summary>
/// <param name="Name">Its name on the server.</param>
/// <param name="FillAsync">Fills it; is given a connection string of the role that owns it.</param>
public sealed record TemplateDatabase(string Name, Func<string, CancellationToken, Task> FillAsync)
{
    /// <summary>The hub's schema as its migrations leave it.</summary>
    public static TemplateDatabase Hub { get; } = new("hub_template", MigrateAsync);

    private static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddHubData(connectionString, new DatabaseOptions { MaxPoolSize = 2 })
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
