using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Data;

/// <summary>Registers the database.</summary>
public static class DataRegistration
{
    /// <summary>
    /// Adds the context factory over one pooled data source with keep-alive, time-outs and retry, and
    /// <see cref="HubDatabase"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="connectionString">Address of the hub's database.</param>
    /// <param name="options">Pool, time-outs and retries.</param>
    public static IServiceCollection AddHubData(
        this IServiceCollection services,
        string connectionString,
        DatabaseOptions options
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkLog>();

        // The model asks the container for this: version 3 has the passkey table.
        services.Configure<IdentityOptions>(identity =>
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3
        );
        services.AddSingleton(_ => BuildDataSource(connectionString, options));
        services.TryAddSingleton<DatabaseCondition>();
        services.TryAddSingleton<TroubleInterceptor>();
        services.AddDbContextFactory<HubDbContext>(
            (provider, builder) =>
                builder
                    .UseNpgsql(
                        provider.GetRequiredService<NpgsqlDataSource>(),
                        npgsql =>
                            npgsql
                                .EnableRetryOnFailure(options.MaxRetries)
                                .CommandTimeout(options.CommandTimeoutSeconds)
                    )
                    .UseSnakeCaseNamingConvention()
                    .AddInterceptors(provider.GetRequiredService<TroubleInterceptor>())
                    // Counts stop at a cap, and which rows they count up to it makes no difference.
                    .ConfigureWarnings(warnings =>
                        warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)
                    )
        );
        services.TryAddSingleton<SharedGenerations>();
        services.AddSingleton<HubDatabase>();
        return services;
    }

    // Under which Npgsql measures and traces; of its own accord it would name server, database and role.
    private const string PoolName = "hub";

    private static NpgsqlDataSource BuildDataSource(string connectionString, DatabaseOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "ProPart Hub",
            MaxPoolSize = options.MaxPoolSize,
            KeepAlive = 30,
            TcpKeepAlive = true,
            Timeout = 10,
            CommandTimeout = options.CommandTimeoutSeconds,
        };

        // The server's own limit stands a little above the client's, for statements whose client is gone.
        var limit = (options.CommandTimeoutSeconds + 5) * 1000;

        // Compiling a report's query takes the server about a second, more than it saves: the estimates that make it compile
        // are far above what is read.
        builder.Options =
            $"{builder.Options} -c statement_timeout={limit} -c idle_in_transaction_session_timeout=60000 -c jit=off".Trim();
        return new NpgsqlDataSourceBuilder(builder.ConnectionString) { Name = PoolName }.Build();
    }
}
