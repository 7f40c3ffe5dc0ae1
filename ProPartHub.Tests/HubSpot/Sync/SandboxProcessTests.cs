using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A developer's first start: no token, so the sandbox comes up beside the portal and its deals come in.</summary>
public sealed class SandboxProcessTests
{
    [Fact]
    public async Task Development_WithoutAToken_ImportsFromTheSandboxProcess()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(cancel);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                EnvironmentName = "Development",
                ContentRootPath = Path.Combine(Checkout.Folder, "ProPartHub.Web"),
            }
        );
        builder.Logging.ClearProviders();
        builder.Configuration[$"ConnectionStrings:{DatabaseOptions.ConnectionName}"] = database.ConnectionString;
        builder
            .Services.AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .AddHubDomain()
            .AddHubSpotSync(builder.Configuration, builder.Environment);
        await using var app = builder.Build();
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHubSpotWebhooks();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<StageDirectory>().EnsureLocalPipelineAsync(cancel);
        }

        await app.StartAsync(cancel);
        await using (var db = await app.Services.GetRequiredService<HubDatabase>().ReadAsync(cancel))
        {
            var monitor = app.Services.GetRequiredService<SyncMonitor>();
            while (monitor.State is not SyncState.Running || !await db.Leads.AnyAsync(cancel))
            {
                await Task.Delay(50, cancel);
            }

            Assert.True((await db.HubSpotAccounts.SingleAsync(cancel)).IsSandbox);
        }

        Assert.NotNull(app.Services.GetRequiredService<HubSpotWebhookTarget>().Current);
        await app.StopAsync(cancel);
    }
}
