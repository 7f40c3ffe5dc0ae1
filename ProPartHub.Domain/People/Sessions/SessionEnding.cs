using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.People.Sessions;

/// <summary>Ends sessions inside the caller's transaction; with its commit every instance hears of it.</summary>
internal static class SessionEnding
{
    /// <summary>
    /// Renews the account's security stamp, by which cookies and one-time links made before it end, and ends its sessions.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="user">The account, locked.</param>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="except">A session that goes on with a new cookie.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task EndSessionsAsync(
        this HubDbContext db,
        HubUser user,
        DateTimeOffset now,
        Guid? except,
        CancellationToken cancellationToken
    ) => db.EndSessionsAsync([user], now, except, cancellationToken);

    /// <summary>The same for several accounts; two commands.</summary>
    public static async Task EndSessionsAsync(
        this HubDbContext db,
        IReadOnlyCollection<HubUser> users,
        DateTimeOffset now,
        Guid? except,
        CancellationToken cancellationToken
    )
    {
        foreach (var user in users)
        {
            user.SecurityStamp = AccountCreation.NewStamp();
        }

        var ids = users.Select(user => user.Id).ToList();
        await db
            .UserSessions.Where(session =>
                ids.Contains(session.UserId) && session.EndedAt == null && session.Id != except
            )
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedAt, now), cancellationToken);
        await db.TellSessionsEndedAsync(ids, cancellationToken);
    }

    /// <summary>Has every instance ask the people's circuits and cookies whether they still live.</summary>
    public static Task TellSessionsEndedAsync(
        this HubDbContext db,
        IReadOnlyCollection<Guid> userIds,
        CancellationToken cancellationToken
    )
    {
        var payloads = userIds.Select(id => id.ToString()).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_notify({SessionEnds.Channel}, payload) FROM unnest({payloads}) AS payload",
            cancellationToken
        );
    }
}
