using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Rows of accounts read for change.</summary>
internal static class AccountRows
{
    // Any number that no other lock of the hub uses: "accounts" as ASCII.
    private const long CreationLock = 0x6163636F756E7473;

    /// <summary>The account, locked until the transaction ends; null when there is none.</summary>
    public static Task<HubUser?> LockAsync(this DbSet<HubUser> users, Guid id, CancellationToken cancellationToken) =>
        users.FromSql($"SELECT * FROM users WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);

    /// <summary>Those of the accounts that there are, in one command, locked until the transaction ends.</summary>
    public static Task<List<HubUser>> LockAsync(
        this DbSet<HubUser> users,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        // Always in the same order, so that two who lock the same accounts wait for each other and not for ever.
        var keys = ids.ToArray();
        return users
            .FromSql($"SELECT * FROM users WHERE id = ANY({keys}) ORDER BY id FOR UPDATE")
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Lets one transaction at a time make accounts, so that "is there an admin yet" and "is this name or mail taken"
    /// still hold when the account is stored.
    /// </summary>
    public static Task LockCreationAsync(this HubDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({CreationLock})", cancellationToken);

    /// <summary>Admins with a password who are real.</summary>
    public static IQueryable<HubUser> RealAdmins(this IQueryable<HubUser> users) =>
        users.Where(user => user.Role == Role.Admin && !user.IsDemo && user.PasswordHash != null);
}
