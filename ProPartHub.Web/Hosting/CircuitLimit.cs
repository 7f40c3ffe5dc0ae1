using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting;

/// <summary>Open circuits by person, in this process.</summary>
internal sealed class CircuitCount
{
    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>Open circuits of people who are signed in.</summary>
    public int Open => _open.Values.Sum();

    /// <summary>People who have any.</summary>
    public int People => _open.Count;

    /// <summary>Most circuits of one person.</summary>
    public int Largest => _open.Values.DefaultIfEmpty().Max();

    public int Of(Guid userId) => _open.GetValueOrDefault(userId);

    public void Opened(Guid userId) => _open.AddOrUpdate(userId, 1, (_, count) => count + 1);

    public void Closed(Guid userId)
    {
        if (_open.AddOrUpdate(userId, 0, (_, count) => count - 1) <= 0)
        {
            _open.TryRemove(KeyValuePair.Create(userId, 0));
        }
    }
}

/// <summary>Counts a circuit for its person from its opening to its end, disconnected ones that are kept included.</summary>
internal sealed class CircuitCounting(CircuitCount count, AuthenticationStateProvider authentication) : CircuitHandler
{
    private Guid? _userId;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _userId = (await authentication.GetAuthenticationStateAsync()).User.SessionOwner();
        if (_userId is { } id)
        {
            count.Opened(id);
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_userId is { } id)
        {
            count.Closed(id);
        }

        return Task.CompletedTask;
    }
}

internal static partial class CircuitLimit
{
    public static void AddCircuitLimit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CircuitCount>();
        builder.Services.AddScoped<CircuitHandler, CircuitCounting>();
    }

    /// <summary>
    /// Refuses another circuit to whoever has too many open: Blazor itself bounds neither windows nor connections of a person.
    /// </summary>
    public static void UseCircuitLimit(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CircuitLimit));
        app.UseWhen(
            context => IsOpening(context.Request),
            branch =>
                branch.Use(
                    async (context, next) =>
                    {
                        var options = context.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value;
                        var count = context.RequestServices.GetRequiredService<CircuitCount>();
                        if (context.User.SessionOwner() is { } id && count.Of(id) >= options.CircuitsPerPerson)
                        {
                            LogRefused(logger, id, options.CircuitsPerPerson);
                            HubMetrics.CircuitsRefused.Add(1);
                            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                            return;
                        }

                        await next(context);
                    }
                )
        );
    }

    // Whoever leaves the negotiation out opens by the WebSocket itself.
    private static bool IsOpening(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor/negotiate")
        || (request.Path == "/_blazor" && !request.Query.ContainsKey("id"));

    [LoggerMessage(LogLevel.Warning, "Refused another circuit to person {UserId}, who has {Limit} open")]
    private static partial void LogRefused(ILogger logger, Guid userId, int limit);
}
