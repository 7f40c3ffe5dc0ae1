using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// How an admin lets people in: a new account, or a new way into one, is opened by a one-time link behind which its owner
/// sets a password. Admins never see or choose one.
/// </summary>
public sealed class PeopleInvitation(
    HubDatabase database,
    AccountLinks links,
    AccountCreation creation,
    MailOutbox outbox,
    TimeProvider time
)
{
    private const int MostNames = 50;

    private static readonly PersonInputValidator Validator = new();

    /// <summary>Whether links can go by mail.</summary>
    public bool CanMail => outbox.IsOpen;

    /// <summary>Makes an account without a password.</summary>
    /// <returns>The account and a token for <c>/account/setup</c>, or what is wrong field by field.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    public async Task<(Guid Id, string? Token, ValidationResult Faults)> InviteAsync(
        Actor actor,
        PersonInput input,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        input = input.Normalised();
        var faults = await Validator.ValidateAsync(input, cancellationToken);
        if (!faults.IsValid)
        {
            return (Guid.Empty, null, faults);
        }

        var fresh = creation.New(input.UserName, input.DisplayName, input.Email, input.Role);
        fresh.Culture = input.Culture;
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var taken = await AccountCreation.TakenAsync(db, fresh, token);
                var (team, wrong) = await TeamChoice.ResolveAsync(db, input, token);
                if (wrong is not null)
                {
                    taken.Errors.Add(wrong);
                }

                if (!taken.IsValid)
                {
                    return (Guid.Empty, null, taken);
                }

                TeamChoice.Store(db, input, team);
                fresh.TeamId = team?.Id;
                db.Users.Add(fresh);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.AccountCreated,
                        actor,
                        time,
                        fresh.Id,
                        ("user name", fresh.UserName),
                        ("role", fresh.Role.ToString()),
                        ("team", team?.Name)
                    )
                );
                return (fresh.Id, (string?)links.ForAccount(fresh), taken);
            },
            cancellationToken
        );
    }

    /// <summary>Makes accounts for a whole list, each for itself: one that cannot be made stops no other.</summary>
    /// <param name="actor">Who invites.</param>
    /// <param name="people">Up to <see cref="PastedPeople.Most"/>.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <returns>For each its token for <c>/account/setup</c>, or what is wrong.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    public async Task<IReadOnlyList<(PersonInput Input, string? Token, ValidationResult Faults)>> InviteManyAsync(
        Actor actor,
        IReadOnlyList<PersonInput> people,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        var invited = new List<(PersonInput, string?, ValidationResult)>();
        var teams = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in people.Take(PastedPeople.Most))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The first of a new team makes it; the others join.
            var input =
                person.NewTeam is { } name && teams.TryGetValue(name, out var team)
                    ? person with
                    {
                        TeamId = team,
                        NewTeam = null,
                    }
                    : person;
            var (id, token, faults) = await InviteAsync(actor, input, cancellationToken);
            for (var number = 2; number <= MostNames && IsNameAlone(faults); number++)
            {
                input = input with { UserName = $"{person.UserName}{number}" };
                (id, token, faults) = await InviteAsync(actor, input, cancellationToken);
            }

            if (token is not null && input.NewTeam is not null)
            {
                await using var db = await database.ReadAsync(cancellationToken);
                teams[input.NewTeam] = await db
                    .Users.Where(user => user.Id == id)
                    .Select(user => user.TeamId!.Value)
                    .SingleAsync(cancellationToken);
            }

            invited.Add((input, token, faults));
        }

        return invited;
    }

    // The name was made of the mail address: another does as well.
    private static bool IsNameAlone(ValidationResult faults) =>
        faults.Errors is [{ ErrorCode: nameof(AccountFault.UserNameTaken) }];

    /// <summary>
    /// A new one-time link for an account: for a lost password or a lost invitation. Links made before and every session of
    /// the account end.
    /// </summary>
    /// <returns>A token for <c>/account/setup</c>, or why there is none.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public Task<(string? Token, AccountFault? Fault)> NewLinkAsync(
        Actor actor,
        Guid id,
        CancellationToken cancellationToken
    ) => NewLinkAsync(actor, id, isMailed: false, cancellationToken);

    /// <summary>The same, but the link goes to the account's mail address and nobody else sees it.</summary>
    /// <returns>Why it was not sent, or null when it is on its way.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public async Task<AccountFault?> MailLinkAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor, id);
        return outbox.IsOpen
            ? (await NewLinkAsync(actor, id, isMailed: true, cancellationToken)).Fault
            : AccountFault.NoMail;
    }

    private Task<(string? Token, AccountFault? Fault)> NewLinkAsync(
        Actor actor,
        Guid id,
        bool isMailed,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor, id);
        return database.InTransactionAsync<(string?, AccountFault?)>(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(id, token) ?? throw new NotFoundException("Person");
                if (!user.IsActive)
                {
                    return (null, AccountFault.SwitchedOff);
                }

                await db.EndSessionsAsync(user, time.GetUtcNow(), except: null, token);
                var link = links.ForAccount(user);
                if (isMailed)
                {
                    outbox.Add(db, MailKind.Invitation, user, new(user.DisplayName, link, user.UserName));
                }

                db.SecurityEvents.Add(
                    SecurityLog.Entry(SecurityEventKind.LinkIssued, actor, time, id, ("by", isMailed ? "mail" : "page"))
                );
                return (isMailed ? null : link, null);
            },
            cancellationToken
        );
    }
}
