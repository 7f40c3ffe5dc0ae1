using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>A made-up person, as offered on the log-in page of a development installation.</summary>
/// <param name="Id">The account.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Role">Role.</param>
/// <param name="Team">Name of the team, if any.</param>
public sealed record DemoPerson(Guid Id, string DisplayName, Role Role, string? Team);

/// <summary>
/// Made-up people for development: two teams with a manager and four agents each, and an admin. They have no
/// password, so nobody can log in as one; the development log-in page has a button for each instead.
/// </summary>
public sealed class DemoPeople(HubDatabase database, AccountCreation creation, TimeProvider time)
{
    private static readonly (int Number, string Name)[] Teams = [(1, "Київ"), (2, "Costa Blanca")];

    private static readonly (
        int Number,
        string UserName,
        string DisplayName,
        Role Role,
        int? Team,
        string Culture
    )[] All =
    [
        (101, "admin.demo", "Марта Гнатюк", Role.Admin, null, "uk"),
        (111, "taras", "Тарас Коваленко", Role.Manager, 1, "uk"),
        (112, "olena", "Олена Шевчук", Role.Agent, 1, "uk"),
        (113, "yurii", "Юрій Ґалаґан", Role.Agent, 1, "uk"),
        (114, "sofiia", "Софія Їжакевич", Role.Agent, 1, "uk"),
        (115, "andrii", "Андрій Єременко", Role.Agent, 1, "uk"),
        (121, "grace", "Grace Whitfield", Role.Manager, 2, "en"),
        (122, "oliver", "Oliver Hartley", Role.Agent, 2, "en"),
        (123, "emma", "Emma Castellano", Role.Agent, 2, "en"),
        (124, "noah", "Noah Lindqvist", Role.Agent, 2, "en"),
        (125, "daryna", "Дарина Мельничук", Role.Agent, 2, "uk"),
    ];

    /// <summary>Ids of the demo agents, the same in every installation.</summary>
    public static IReadOnlyList<Guid> Agents { get; } =
    [.. All.Where(person => person.Role == Role.Agent).Select(person => Id(person.Number))];

    /// <summary>Adds the people that are missing; leaves those alone that are there, changed or not.</summary>
    public Task SeedAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                await db.LockCreationAsync(stop);
                var teams = await db.Teams.Select(team => team.Id).ToListAsync(stop);
                db.Teams.AddRange(
                    Teams
                        .Where(team => !teams.Contains(Id(team.Number)))
                        .Select(team => new Team { Id = Id(team.Number), Name = team.Name })
                );
                foreach (var (number, userName, displayName, role, team, culture) in All)
                {
                    var user = creation.New(Id(number), userName, displayName, $"{userName}@propart.example.com", role);
                    user.TeamId = team is { } its ? Id(its) : null;
                    user.Culture = culture;
                    user.IsDemo = true;
                    if (
                        !await db.Users.AnyAsync(other => other.Id == user.Id, stop)
                        && (await AccountCreation.TakenAsync(db, user, stop)).IsValid
                    )
                    {
                        db.Users.Add(user);
                    }
                }
            },
            cancellationToken
        );

    /// <summary>The demo people who may be entered as, admin first, then by team.</summary>
    public async Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Users.Where(user => user.IsDemo && user.IsActive)
            .OrderBy(user => user.Id)
            .Select(user => new DemoPerson(user.Id, user.DisplayName, user.Role, user.Team!.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Logs in as a demo person and records it.</summary>
    /// <returns>The account, or null when it is no active demo person's.</returns>
    public Task<HubUser?> EnterAsync(Guid id, string? address, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                if (await db.Users.LockAsync(id, stop) is not { IsDemo: true, IsActive: true } user)
                {
                    return null;
                }

                user.LastLoginAt = time.GetUtcNow();
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.LoggedIn,
                        user.ToActor(address),
                        time,
                        id,
                        ("by", "demo button")
                    )
                );
                return user;
            },
            cancellationToken
        );

    private static Guid Id(int number) => new($"d0d0d0d0-0000-7000-8000-{number:D12}");
}
