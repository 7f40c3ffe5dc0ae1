using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// Asks every minute whether a circuit's session still lives. A circuit reads its cookie once, at its start, and may
/// live for hours; without this a person switched off would work on.
/// </summary>
internal sealed partial class CircuitSession(SessionCheck session, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<CircuitSession>();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await session.IsAliveAsync(authenticationState.User, cancellationToken);
        }
        // While the database is away the circuit stays and can neither read nor write; it is asked again in a minute.
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogUnanswered(exception);
            return true;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The database did not say whether a session still lives; asking again in a minute"
    )]
    private partial void LogUnanswered(Exception exception);
}
