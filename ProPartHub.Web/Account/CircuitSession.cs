using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Web.Account;

/// <summary>
/// Asks whether a circuit's session still lives: every minute, and at once when a session of its person has ended. A
/// circuit reads its cookie once, at its start, and may live for hours; without this a person switched off would work on.
/// </summary>
internal sealed partial class CircuitSession : RevalidatingServerAuthenticationStateProvider
{
    private readonly SessionCheck _session;
    private readonly SessionEnds _ends;
    private readonly ILogger _logger;

    public CircuitSession(SessionCheck session, SessionEnds ends, ILoggerFactory loggers)
        : base(loggers)
    {
        (_session, _ends, _logger) = (session, ends, loggers.CreateLogger<CircuitSession>());
        _ends.Ended += OnEnded;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await _session.IsAliveAsync(authenticationState.User, mayHaveChanged: false, cancellationToken);
        }
        // While the database is away the circuit stays and can neither read nor write; it is asked again in a minute.
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogUnanswered(exception);
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _ends.Ended -= OnEnded;
        base.Dispose(disposing);
    }

    private void OnEnded(Guid userId) => _ = Task.Run(() => AskAsync(userId));

    private async Task AskAsync(Guid userId)
    {
        try
        {
            var state = await GetAuthenticationStateAsync();
            if (
                state.User.SessionOwner() == userId
                && !await ValidateAuthenticationStateAsync(state, CancellationToken.None)
            )
            {
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new())));
            }
        }
        // A static page has no state of its own here, and a circuit that is just closing needs none.
        catch (InvalidOperationException)
        {
            // Nothing to end.
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The database did not say whether a session still lives; asking again in a minute"
    )]
    private partial void LogUnanswered(Exception exception);
}
