using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Makes accounts that are complete and have names of their own.</summary>
public sealed class AccountCreation(ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>
    /// An account with everything but a password and a team. Its mail address counts as confirmed: whoever makes it knows
    /// whose it is, except <see cref="AgentRegistration"/>.
    /// </summary>
    public HubUser New(string userName, string displayName, string email, Role role) =>
        New(Guid.CreateVersion7(time.GetUtcNow()), userName, displayName, email, role);

    internal HubUser New(Guid id, string userName, string displayName, string email, Role role) =>
        new()
        {
            Id = id,
            UserName = userName,
            NormalizedUserName = normalizer.NormalizeName(userName),
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            DisplayName = displayName,
            Role = role,
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = NewStamp(),
            CreatedAt = time.GetUtcNow(),
        };

    /// <summary>A new security stamp: whatever was signed in or linked with the old one ends.</summary>
    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <summary>
    /// What of the account's names somebody else has already; holds until the end of a transaction that took
    /// <see cref="AccountRows.LockCreationAsync"/> before.
    /// </summary>
    internal static async Task<ValidationResult> TakenAsync(HubDbContext db, HubUser user, CancellationToken ct)
    {
        var others = await db
            .Users.AsNoTracking()
            .Where(other =>
                other.Id != user.Id
                && (
                    other.NormalizedUserName == user.NormalizedUserName || other.NormalizedEmail == user.NormalizedEmail
                )
            )
            .ToListAsync(ct);
        var faults = new List<ValidationFailure>();
        if (others.Exists(other => other.NormalizedUserName == user.NormalizedUserName))
        {
            faults.Add(AccountFaults.At(nameof(AdminInput.UserName), AccountFault.UserNameTaken));
        }

        if (others.Exists(other => other.NormalizedEmail == user.NormalizedEmail))
        {
            faults.Add(AccountFaults.At(nameof(AdminInput.Email), AccountFault.EmailTaken));
        }

        return new(faults);
    }
}
