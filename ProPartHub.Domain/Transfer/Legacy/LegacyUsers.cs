using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings accounts: admins stay admins, agents come into the team of their admin, passwords stay good. Nobody is told.
/// </summary>
internal sealed class LegacyUsers(LegacyRun run, LegacyOrder order, TimeProvider time)
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    private readonly AccountCreation _accounts = new(Normalizer, time);
    private readonly Dictionary<long, (string Name, bool IsAdmin)> _all = [];
    private readonly Dictionary<long, Guid> _teams = [];

    /// <summary>Brings teams, then people.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var leading = new HashSet<long>();
        await run.ReadAllAsync(
            LegacyTable.Users,
            row =>
            {
                _all[row.Id] = (NameOf(row), IsAdmin(row));
                if (!IsAdmin(row) && row.Link("admin_id") is { } admin)
                {
                    leading.Add(admin);
                }
            },
            cancellationToken
        );
        var teams = new LegacyTeams(run);
        await teams.RunAsync(
            [.. leading.Where(id => _all.TryGetValue(id, out var admin) && admin.IsAdmin).Order()],
            id => _all[id].Name,
            _teams,
            cancellationToken
        );
        await run.TableAsync(LegacyTable.Users, LegacyKind.User, BatchAsync, cancellationToken);
        await LoadPeopleAsync(cancellationToken);
    }

    private async Task BatchAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var here = await batch
            .Db.Users.AsNoTracking()
            .Select(user => new
            {
                user.Id,
                user.NormalizedUserName,
                user.NormalizedEmail,
            })
            .ToListAsync(cancellationToken);
        var strangers = here.Where(user =>
                user.NormalizedEmail is not null && !run.Book.IsBrought(LegacyKind.User, user.Id)
            )
            .ToDictionary(user => user.NormalizedEmail!, user => user.Id);
        HashSet<string> taken =
        [
            .. run.TakenNames,
            .. here.SelectMany(user => new[] { user.NormalizedUserName, user.NormalizedEmail }).OfType<string>(),
        ];
        var changes = new LegacyUserChanges(batch, _teams);
        foreach (var row in batch.Rows)
        {
            if (batch.Known(row) is { } known)
            {
                await changes.CompareAsync(row, known, PasswordOf(batch, row), cancellationToken);
            }
            else if (strangers.TryGetValue(Normalizer.NormalizeEmail(row.Line("email") ?? "")!, out var own))
            {
                // The same person has an account here already: name, password and role of it stand.
                batch.Note(row, LegacyRule.AccountHere, "tied to the account here with the same mail address");
                batch.Bring(row, own, []);
            }
            else
            {
                await AddAsync(batch, row, taken, changes, cancellationToken);
            }
        }
    }

    private async Task AddAsync(
        LegacyBatch batch,
        LegacyRow row,
        HashSet<string> taken,
        LegacyUserChanges changes,
        CancellationToken cancellationToken
    )
    {
        var isAdmin = IsAdmin(row);
        var user = _accounts.New(UserNameOf(batch, row, taken), NameOf(row), "", isAdmin ? Role.Admin : Role.Agent);
        (user.Email, user.NormalizedEmail) = MailOf(batch, row, taken);
        user.CreatedAt = CreatedAt(batch, row);
        user.LastLoginAt = Past(row.Local("last_login"));
        user.IsActive = row.Flag("is_active") ?? true;
        user.IsVerified = isAdmin || row.Flag("is_verified") is true;
        user.PasswordHash = PasswordOf(batch, row);
        user.MustChangePassword = order.DemandsNewPasswords && user.PasswordHash is not null;
        user.TeamId = TeamOf(batch, row);
        if (row.Local("locked_until") is { } locked && locked > run.Now && locked < run.Now.AddDays(1))
        {
            user.LockoutEnd = locked;
        }

        if (row.Line("role") is var role && role is not ("admin" or "agent"))
        {
            batch.Note(row, LegacyRule.RoleUnknown, $"role '{role}' counts as agent");
        }

        batch.Db.Users.Add(user);
        batch.Db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.AccountCreated,
                Actor.System,
                time,
                user.Id,
                ("role", user.Role.ToString()),
                ("from", "old portal")
            )
        );
        await changes.BringEarningsAsync(row, user, cancellationToken);
        batch.Bring(row, user.Id, changes.Values(row, user.PasswordHash));
        var person = new LegacyPerson(user.Id, user.DisplayName, user.Role, user.TeamId);
        string[] names =
        [
            user.NormalizedUserName!,
            .. user.NormalizedEmail is { } mail ? [mail] : Array.Empty<string>(),
        ];
        batch.WhenDone(() =>
        {
            run.People[row.Id] = person;
            run.TakenNames.UnionWith(names);
        });
    }

    private static string UserNameOf(LegacyBatch batch, LegacyRow row, HashSet<string> taken)
    {
        var name = LegacyAccountName.Fitting(row.Raw("username"), row.Id);
        var free = name;
        for (var next = row.Id; !taken.Add(Normalizer.NormalizeName(free)!); next++)
        {
            free = LegacyAccountName.Numbered(name, next);
        }

        if (free != row.Raw("username"))
        {
            batch.Note(row, LegacyRule.UserNameChanged, $"logs in as '{free}'");
        }

        return free;
    }

    private static (string? Mail, string? Normalised) MailOf(LegacyBatch batch, LegacyRow row, HashSet<string> taken)
    {
        var mail = AccountName.Clean(row.Raw("email"));
        if (!LegacyAccountName.IsMail(mail))
        {
            batch.Note(row, LegacyRule.MailUnusable, "no mail address; logs in by user name");
            return default;
        }

        if (taken.Add(Normalizer.NormalizeEmail(mail)!))
        {
            return (mail, Normalizer.NormalizeEmail(mail));
        }

        batch.Note(row, LegacyRule.MailTaken, "another account has the mail address; none brought");
        return default;
    }

    private static string? PasswordOf(LegacyBatch batch, LegacyRow row)
    {
        var hash = row.Raw("password_hash")?.Trim();
        if (hash is not null && (WerkzeugHash.Is(hash) || BcryptPasswordHasher.IsPlain(hash)))
        {
            return hash;
        }

        batch.Note(row, LegacyRule.PasswordUnusable, "no password; needs a one-time link");
        return null;
    }

    private Guid? TeamOf(LegacyBatch batch, LegacyRow row)
    {
        if (IsAdmin(row))
        {
            return null;
        }

        if (row.Link("admin_id") is { } admin && _teams.TryGetValue(admin, out var team))
        {
            return team;
        }

        batch.Note(row, LegacyRule.AgentWithoutAdmin, "in no team");
        return null;
    }

    private DateTimeOffset CreatedAt(LegacyBatch batch, LegacyRow row)
    {
        if (Past(row.Utc("created_at")) is { } at)
        {
            return at;
        }

        batch.Note(row, LegacyRule.TimeRepaired, "no time of registration; that of this run");
        return run.Now;
    }

    // Accounts that an earlier run brought, with role and team as they are by now.
    private async Task LoadPeopleAsync(CancellationToken cancellationToken)
    {
        var ids = run.Book.All(LegacyKind.User).ToList();
        await using var db = await run.ReadAsync(cancellationToken);
        var wanted = ids.ConvertAll(id => id.NewId);
        var people = await db
            .Users.Where(user => wanted.Contains(user.Id))
            .ToDictionaryAsync(
                user => user.Id,
                user => new LegacyPerson(user.Id, user.DisplayName, user.Role, user.TeamId),
                cancellationToken
            );
        foreach (var (oldId, newId) in ids)
        {
            if (people.TryGetValue(newId, out var person))
            {
                run.People[oldId] = person;
            }
        }
    }

    private DateTimeOffset? Past(DateTimeOffset? at) => at <= run.Now ? at : null;

    private static bool IsAdmin(LegacyRow row) => row.Line("role") == "admin";

    private static string NameOf(LegacyRow row) =>
        LegacyText.Cut(
            row.Line("username") ?? string.Create(CultureInfo.InvariantCulture, $"user {row.Id}"),
            HubUser.DisplayNameLength
        );
}
