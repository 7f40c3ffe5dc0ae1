using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>People whose way in deserves a look.</summary>
public enum HealthGroup
{
    /// <summary>Locked now.</summary>
    Locked = 1,

    /// <summary>Refused within the last week.</summary>
    Failing = 2,

    /// <summary>Have never logged in.</summary>
    NeverIn = 3,

    /// <summary>Have not logged in for ninety days.</summary>
    Quiet = 4,

    /// <summary>Have a password alone.</summary>
    PasswordAlone = 5,
}

/// <summary>A person's way in. Times are UTC.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Name shown to colleagues.</param>
/// <param name="UserName">Name to log in by.</param>
/// <param name="Role">Role.</param>
/// <param name="HasPassword">False until the one-time link was used.</param>
/// <param name="LockedUntil">Until when nobody can log in; null or past when not locked.</param>
/// <param name="LastLoginAt">Last successful log-in.</param>
/// <param name="LastFailure">The last refusal within a week.</param>
public sealed record HealthRow(
    Guid Id,
    string Name,
    string UserName,
    Role Role,
    bool HasPassword,
    DateTimeOffset? LockedUntil,
    DateTimeOffset? LastLoginAt,
    LogInFailure? LastFailure
);

/// <summary>A refused log-in.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why, which the person was not told.</param>
/// <param name="Address">Network address.</param>
/// <param name="Count">How many there were within a week.</param>
public sealed record LogInFailure(DateTimeOffset At, string? Reason, string? Address, int Count);

/// <summary>Reads who cannot get in, or does not. For admins; switched-off accounts and demo people are left out.</summary>
public sealed class LogInHealth(HubDatabase database, TimeProvider time)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    private static readonly TimeSpan Failing = TimeSpan.FromDays(7);
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(90);

    /// <summary>How many people each group has; five small commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyDictionary<HealthGroup, int>> CountsAsync(
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var counts = new Dictionary<HealthGroup, int>();
        foreach (var group in Enum.GetValues<HealthGroup>())
        {
            counts[group] = await People(db).Where(In(db, group)).CountAsync(cancellationToken);
        }

        return counts;
    }

    /// <summary>The people of a group by name; three commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<HealthRow>> PageAsync(
        Actor actor,
        HealthGroup group,
        int page,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var found = await People(db)
            .Where(In(db, group))
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new HealthRow(
                user.Id,
                user.DisplayName,
                user.UserName!,
                user.Role,
                user.PasswordHash != null,
                user.LockoutEnd,
                user.LastLoginAt,
                null
            ))
            .PageAsync(page, PageSize, cancellationToken);
        var failures = await FailuresAsync(db, [.. found.Rows.Select(row => row.Id)], cancellationToken);
        return found with
        {
            Rows = [.. found.Rows.Select(row => row with { LastFailure = failures.GetValueOrDefault(row.Id) })],
        };
    }

    private static IQueryable<HubUser> People(HubDbContext db) => db.Users.Where(user => user.IsActive && !user.IsDemo);

    private Expression<Func<HubUser, bool>> In(HubDbContext db, HealthGroup group)
    {
        var now = time.GetUtcNow();
        var (failedAfter, quietBefore) = (now - Failing, now - Quiet);
        return group switch
        {
            HealthGroup.Locked => user => user.LockoutEnd > now,
            HealthGroup.Failing => user =>
                db.SecurityEvents.Any(entry =>
                    entry.UserId == user.Id
                    && entry.Kind == SecurityEventKind.LogInFailed
                    && entry.OccurredAt > failedAfter
                ),
            HealthGroup.NeverIn => user => user.LastLoginAt == null,
            HealthGroup.Quiet => user => user.LastLoginAt < quietBefore,
            _ => user =>
                user.PasswordHash != null
                && !db.AuthenticatorApps.Any(app => app.UserId == user.Id && app.ConfirmedAt != null)
                && !db.Set<IdentityUserPasskey<Guid>>().Any(key => key.UserId == user.Id),
        };
    }

    private async Task<Dictionary<Guid, LogInFailure>> FailuresAsync(
        HubDbContext db,
        List<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var after = time.GetUtcNow() - Failing;
        var failures = db.SecurityEvents.Where(entry =>
            entry.UserId != null
            && ids.Contains(entry.UserId.Value)
            && entry.Kind == SecurityEventKind.LogInFailed
            && entry.OccurredAt > after
        );
        var counts = await failures
            .GroupBy(entry => entry.UserId!.Value)
            .Select(group => new
            {
                UserId = group.Key,
                Count = group.Count(),
                LastId = group.Max(entry => entry.Id),
            })
            .ToListAsync(cancellationToken);
        var lastIds = counts.ConvertAll(count => count.LastId);
        var last = await db
            .SecurityEvents.Where(entry => lastIds.Contains(entry.Id))
            .ToDictionaryAsync(entry => entry.Id, cancellationToken);
        return counts.ToDictionary(
            count => count.UserId,
            count =>
            {
                var entry = last[count.LastId];
                return new LogInFailure(
                    entry.OccurredAt,
                    entry.Details.GetValueOrDefault("reason"),
                    entry.Address,
                    count.Count
                );
            }
        );
    }
}
