using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace ProPartHub.Domain.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model exactly as the running hub does; it never connects.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<HubDbContext>
{
    public HubDbContext CreateDbContext(string[] args) =>
        new ServiceCollection()
            .AddHubData("Host=localhost;Database=design-time-only", new DatabaseOptions())
            .BuildServiceProvider()
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContext();
}
