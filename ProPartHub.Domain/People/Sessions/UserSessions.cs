using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.People.Sessions;

/// <summary>A live session in a list. Times are UTC.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Method">How the person proved who they are.</param>
/// <param name="Device">Browser and system, as far as known.</param>
/// <param name="Address">Network address at the log-in.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="SeenAt">When it was last seen alive, to about five minutes.</param>
public sealed record SessionItem(
    Guid Id,
    SessionMethod Method,
    string? Device,
    string? Address,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt
);

/// <summary>On which devices people are logged in. People see and end their own sessions, admins everybody's.</summary>
public sealed class UserSessions(HubDatabase database, IOptions<AccountOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session of a person who has just proved who they are; long ended ones are forgotten.</summary>
    /// <returns>The key that the session's cookie has to carry.</returns>
    public Task<Guid> StartAsync(
        Guid userId,
        SessionMethod method,
        string? device,
        string? address,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            UserId = userId,
            Method = method,
            Device = ReadableText.Cut(device, UserSession.DeviceLength),
            Address = ReadableText.Cut(address, UserSession.AddressLength),
            StartedAt = now,
            SeenAt = now,
        };
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var old = now - Kept;
                await db.UserSessions.Where(row => row.UserId == userId && row.SeenAt < old).ExecuteDeleteAsync(token);
                db.UserSessions.Add(session);
                return session.Id;
            },
            cancellationToken
        );
    }

    /// <summary>The live sessions of a person, the one seen last first; one command.</summary>
    /// <exception cref="ForbiddenException">They are somebody else's and the actor is no admin.</exception>
    public async Task<IReadOnlyList<SessionItem>> ListAsync(
        Actor actor,
        Guid userId,
        CancellationToken cancellationToken
    )
    {
        RequireRight(actor, userId);
        await using var db = await database.ReadAsync(cancellationToken);
        return await Live(db, userId)
            .OrderByDescending(session => session.SeenAt)
            .ThenBy(session => session.Id)
            .Select(session => new SessionItem(
                session.Id,
                session.Method,
                session.Device,
                session.Address,
                session.StartedAt,
                session.SeenAt
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one session at once; nothing happens where it has ended already.</summary>
    /// <exception cref="ForbiddenException">It is somebody else's and the actor is no admin.</exception>
    public async Task EndAsync(Actor actor, Guid userId, Guid sessionId, CancellationToken cancellationToken)
    {
        RequireRight(actor.Writing(), userId);
        await EndAsync(actor, userId, session => session.Id == sessionId, "one session", cancellationToken);
    }

    /// <summary>Ends every session of the actor but the present one.</summary>
    /// <returns>How many were ended.</returns>
    public Task<int> EndOthersAsync(Actor actor, Guid present, CancellationToken cancellationToken) =>
        EndAsync(
            actor.Writing(),
            actor.UserId,
            session => session.Id != present,
            "all other sessions",
            cancellationToken
        );

    /// <summary>
    /// Whether a session goes on, and notes that it was seen. The cookie or circuit asks once a minute and whenever a session
    /// of its person ended.
    /// </summary>
    public async Task<bool> IsLiveAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? seenAt;
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            seenAt = await Live(db, userId)
                .Where(session => session.Id == sessionId)
                .Select(session => (DateTimeOffset?)session.SeenAt)
                .SingleOrDefaultAsync(cancellationToken);
        }

        if (seenAt + SeenEvery < now)
        {
            await database.InTransactionAsync(
                (db, token) =>
                    db
                        .UserSessions.Where(session => session.Id == sessionId)
                        .ExecuteUpdateAsync(row => row.SetProperty(session => session.SeenAt, now), token),
                cancellationToken
            );
        }

        return seenAt is not null;
    }

    private IQueryable<UserSession> Live(HubDbContext db, Guid userId)
    {
        var now = time.GetUtcNow();
        var startedAfter = now - TimeSpan.FromHours(options.Value.SessionLimitHours);
        var seenAfter = now - TimeSpan.FromHours(options.Value.SessionIdleHours);
        return db.UserSessions.Where(session =>
            session.UserId == userId
            && session.EndedAt == null
            && session.StartedAt > startedAfter
            && session.SeenAt > seenAfter
        );
    }

    private Task<int> EndAsync(
        Actor actor,
        Guid userId,
        System.Linq.Expressions.Expression<Func<UserSession, bool>> which,
        string scope,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var ended = await Live(db, userId)
                    .Where(which)
                    .ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedAt, now), token);
                if (ended > 0)
                {
                    await db.TellSessionsEndedAsync([userId], token);
                    db.SecurityEvents.Add(
                        SecurityLog.Entry(SecurityEventKind.LoggedOut, actor, time, userId, ("scope", scope))
                    );
                }

                return ended;
            },
            cancellationToken
        );

    private static void RequireRight(Actor actor, Guid userId)
    {
        if (actor.UserId != userId && actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.HandleSessions, userId);
        }
    }
}
