using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// What the <c>create-admin</c> command does: an operator with access to the server makes an admin, or lets one back
/// in who lost the password. No password passes the command line; its owner sets it behind a one-time link.
/// </summary>
public sealed class AdminInvitation(HubDatabase database, AccountLinks links, AccountCreation creation)
{
    private static readonly AdminInputValidator Validator = new();

    /// <summary>Makes an admin without a password, or finds the one of exactly this name and mail address.</summary>
    /// <param name="userName">Name to log in by.</param>
    /// <param name="email">Mail address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A token for <c>/account/setup</c>, or what is wrong with name or address.</returns>
    public async Task<(string? Token, ValidationResult Faults)> IssueAsync(
        string userName,
        string email,
        CancellationToken cancellationToken
    )
    {
        var faults = await Validator.ValidateAsync(
            new AdminInput(userName, userName, email, string.Empty, string.Empty),
            options => options.IncludeProperties(nameof(AdminInput.UserName), nameof(AdminInput.Email)),
            cancellationToken
        );
        if (!faults.IsValid)
        {
            return (null, faults);
        }

        var fresh = creation.New(userName, userName, email, Role.Admin);
        return await database.InTransactionAsync<(string?, ValidationResult)>(
            async (db, token) =>
            {
                await db.LockCreationAsync(token);
                if (await FindAsync(db, fresh, token) is { } existing)
                {
                    return (links.ForAccount(existing), faults);
                }

                var taken = await AccountCreation.TakenAsync(db, fresh, token);
                if (!taken.IsValid)
                {
                    return (null, taken);
                }

                db.Users.Add(fresh);
                return (links.ForAccount(fresh), faults);
            },
            cancellationToken
        );
    }

    private static Task<HubUser?> FindAsync(HubDbContext db, HubUser like, CancellationToken cancellationToken) =>
        db.Users.SingleOrDefaultAsync(
            user =>
                user.NormalizedUserName == like.NormalizedUserName
                && user.NormalizedEmail == like.NormalizedEmail
                && user.Role == Role.Admin
                && user.IsActive
                && !user.IsDemo,
            cancellationToken
        );
}
