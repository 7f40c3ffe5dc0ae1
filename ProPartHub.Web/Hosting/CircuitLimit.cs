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
    private readonly ConcurrentDictionary<Guid, int> _away = new();

    /// <summary>Open circuits of people who are signed in.</summary>
    public int Open => _open.Values.Sum();

    /// <summary>People who have any.</summary>
    public int People => _open.Count;

    /// <summary>Most circuits of one person.</summary>
    public int Largest => _open.Values.DefaultIfEmpty().Max();

    public int Of(Guid userId) => _open.GetValueOrDefault(userId);

    /// <summary>Those of a person whose browser is connected.</summary>
    public int ConnectedOf(Guid userId) => Of(userId) - _away.GetValueOrDefault(userId);

    public void Opened(Guid userId) => Add(_open, userId);

    public void Closed(Guid userId) => Remove(_open, userId);

    /// <summary>A circuit's connection was lost; it is kept for a while.</summary>
    public void WentAway(Guid userId) => Add(_away, userId);

    /// <summary>The browser is back, or the circuit has ended.</summary>
    public void AwayNoMore(Guid userId) => Remove(_away, userId);

    private static void Add(ConcurrentDictionary<Guid, int> counts, Guid userId) =>
        counts.AddOrUpdate(userId, 1, (_, count) => count + 1);

    private static void Remove(ConcurrentDictionary<Guid, int> counts, Guid userId)
    {
        if (counts.AddOrUpdate(userId, 0, (_, count) => count - 1) <= 0)
        {
            counts.TryRemove(KeyValuePair.Create(userId, 0));
        }
    }
}

/// <summary>Counts a circuit for its person from its opening to its end, disconnected ones that are kept included.</summary>
internal sealed class CircuitCounting(CircuitCount count, AuthenticationStateProvider authentication) : CircuitHandler
{
    private Guid? _userId;
    private bool _isAway;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _userId = (await authentication.GetAuthenticationStateAsync()).User.SessionOwner();
        if (_userId is { } id)
        {
            count.Opened(id);
        }
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => SetAway(false);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => SetAway(true);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        SetAway(false);
        if (_userId is { } id)
        {
            count.Closed(id);
        }

        return Task.CompletedTask;
    }

    // Told of the end of a connection at its loss and again at the circuit's end.
    private Task SetAway(bool isAway)
    {
        if (_userId is { } id && _isAway != isAway)
        {
            _isAway = isAway;
            if (isAway)
            {
                count.WentAway(id);
            }
            else
            {
                count.AwayNoMore(id);
            }
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
    /// Those that lost their connection do not count until there are as many again, or nobody could come back to them.
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
                        if (context.User.SessionOwner() is { } id && IsTooMany(count, id, options.CircuitsPerPerson))
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

    private static bool IsTooMany(CircuitCount count, Guid userId, int limit) =>
        count.ConnectedOf(userId) >= limit || count.Of(userId) >= 2 * limit;

    // Whoever leaves the negotiation out opens by the WebSocket itself.
    private static bool IsOpening(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor/negotiate")
        || (request.Path == "/_blazor" && !request.Query.ContainsKey("id"));

    [LoggerMessage(LogLevel.Warning, "Refused another circuit to person {UserId}, who has {Limit} open")]
    private static partial void LogRefused(ILogger logger, Guid userId, int limit);
}
