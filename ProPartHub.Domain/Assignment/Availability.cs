using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>Days on which somebody is away.</summary>
public sealed record AbsenceItem(Guid Id, DateOnly FromDay, DateOnly ToDay);

/// <summary>Whether and how many new leads a person takes.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Name">That person's name.</param>
/// <param name="TeamName">The team.</param>
/// <param name="IsVerified">False for who gets no leads by rules before being verified.</param>
/// <param name="Most">Most open leads; null for any number.</param>
/// <param name="OpenLeads">Open leads now.</param>
/// <param name="IsAway">Away today.</param>
/// <param name="Absences">Absences that are not over, the next first.</param>
public sealed record AvailabilityItem(
    Guid UserId,
    string Name,
    string? TeamName,
    bool IsVerified,
    int? Most,
    int OpenLeads,
    bool IsAway,
    IReadOnlyList<AbsenceItem> Absences
);

/// <summary>
/// Who is away and who takes how many leads. Everybody says when they are away themselves; managers for their team and
/// admins for all say it too, and how many open leads somebody takes.
/// </summary>
public sealed class Availability(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>How far ahead an absence may end, in days.</summary>
    public const int MostDaysAhead = 730;

    /// <summary>Code for a last day before the first one.</summary>
    public const string DaysReversed = nameof(DaysReversed);

    /// <summary>The people about whom the actor may say so, by name; for an agent the actor alone.</summary>
    public async Task<NumberedPage<AvailabilityItem>> PageAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var today = calendar.DayOf(time.GetUtcNow());
        var people = await People(db, actor)
            .Where(user => user.IsActive && (user.Role == Role.Agent || user.Id == actor.UserId))
            .OrderByDescending(user => user.Id == actor.UserId)
            .ThenBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new
            {
                user.Id,
                user.DisplayName,
                Team = user.Team == null ? null : user.Team.Name,
                user.IsVerified,
                Most = db.LeadCapacities.Where(row => row.UserId == user.Id).Select(row => row.Most).FirstOrDefault(),
                Open = db
                    .StageFigures.Where(row => row.AgentId == user.Id)
                    .Join(
                        db.Stages.Where(stage => stage.Status < LeadStatus.Won),
                        row => row.StageId,
                        stage => stage.Id,
                        (row, _) => row.Leads
                    )
                    .Sum(),
            })
            .PageAsync(page, PageSize, cancellationToken);
        var ids = people.Rows.Select(row => row.Id).ToList();
        var absences = await db
            .Absences.Where(row => ids.Contains(row.UserId) && row.ToDay >= today)
            .OrderBy(row => row.FromDay)
            .ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return new(
            [
                .. people.Rows.Select(row =>
                {
                    var own = absences.Where(absence => absence.UserId == row.Id).ToList();
                    return new AvailabilityItem(
                        row.Id,
                        row.DisplayName,
                        row.Team,
                        row.IsVerified,
                        row.Most,
                        row.Open,
                        own.Exists(absence => absence.FromDay <= today),
                        [.. own.Select(absence => new AbsenceItem(absence.Id, absence.FromDay, absence.ToDay))]
                    );
                }),
            ],
            people.Number,
            people.Total,
            people.Size
        );
    }

    /// <summary>Says that somebody is away.</summary>
    /// <param name="actor">Who says so.</param>
    /// <param name="userId">Who is away.</param>
    /// <param name="absenceId">Made by the caller, so that a repeated submit stores one.</param>
    /// <param name="fromDay">First day, of the agency's.</param>
    /// <param name="toDay">Last day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The days are reversed, past or too far ahead, or there are too many.</exception>
    /// <exception cref="ForbiddenException">The person is neither the actor nor in the actor's team.</exception>
    public Task AddAbsenceAsync(
        Actor actor,
        Guid userId,
        Guid absenceId,
        DateOnly fromDay,
        DateOnly toDay,
        CancellationToken cancellationToken
    )
    {
        var today = calendar.DayOf(time.GetUtcNow());
        var code =
            toDay < fromDay ? DaysReversed
            : toDay < today ? FieldErrorCode.InThePast
            : toDay > today.AddDays(MostDaysAhead) ? FieldErrorCode.TooFarAhead
            : null;
        if (code is not null)
        {
            throw new InvalidInputException([new FieldError(nameof(Absence.ToDay), code, MostDaysAhead / 365)]);
        }

        return database.InTransactionAsync(
            async (db, token) =>
            {
                await RequireAsync(db, actor, userId, mayBeSelf: true, token);
                var open = await db
                    .Absences.Where(row => row.UserId == userId && row.ToDay >= today)
                    .Select(row => row.Id)
                    .ToListAsync(token);
                if (open.Contains(absenceId))
                {
                    return;
                }

                if (open.Count >= Absence.Most)
                {
                    throw new InvalidInputException([
                        new FieldError(nameof(Absence.ToDay), FieldErrorCode.TooMany, Absence.Most),
                    ]);
                }

                db.Absences.Add(
                    new Absence
                    {
                        Id = absenceId,
                        UserId = userId,
                        FromDay = fromDay,
                        ToDay = toDay,
                    }
                );
                Record(db, actor, userId, null, Text(fromDay, toDay));
            },
            cancellationToken
        );
    }

    /// <summary>Takes an absence back.</summary>
    /// <exception cref="NotFoundException">There is no such absence for the actor.</exception>
    public Task RemoveAbsenceAsync(Actor actor, Guid absenceId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var absence =
                    await db.Absences.SingleOrDefaultAsync(row => row.Id == absenceId, token)
                    ?? throw new NotFoundException("Absence");
                if (!await People(db, actor).AnyAsync(user => user.Id == absence.UserId, token))
                {
                    throw NotFoundException.Hidden(actor, "Absence", GuardedAct.SetAvailability, absence.UserId);
                }

                db.Absences.Remove(absence);
                Record(db, actor, absence.UserId, Text(absence.FromDay, absence.ToDay), null);
            },
            cancellationToken
        );

    /// <summary>Says how many open leads somebody takes; null for any number.</summary>
    /// <exception cref="InvalidInputException">The number is below 0 or above <see cref="LeadCapacity.Highest"/>.</exception>
    /// <exception cref="ForbiddenException">The person is not in the actor's team, or the actor is an agent.</exception>
    public Task SetCapacityAsync(Actor actor, Guid userId, int? most, CancellationToken cancellationToken)
    {
        if (most is < 0 or > LeadCapacity.Highest)
        {
            throw new InvalidInputException([
                new FieldError(nameof(LeadCapacity.Most), FieldErrorCode.OutOfRange, LeadCapacity.Highest),
            ]);
        }

        return database.InTransactionAsync(
            async (db, token) =>
            {
                await RequireAsync(db, actor, userId, mayBeSelf: false, token);
                var stored = await db.LeadCapacities.FindAsync([userId], token);
                var before = stored?.Most;
                if (before == most)
                {
                    return;
                }

                (stored ?? db.LeadCapacities.Add(new LeadCapacity { UserId = userId }).Entity).Most = most;
                Record(db, actor, userId, Number(before), Number(most));
            },
            cancellationToken
        );
    }

    private static string Number(int? most) =>
        most is { } number ? string.Create(CultureInfo.InvariantCulture, $"capacity {number}") : "capacity any";

    private static string Text(DateOnly from, DateOnly to) =>
        string.Create(CultureInfo.InvariantCulture, $"away {from:yyyy-MM-dd}..{to:yyyy-MM-dd}");

    private static IQueryable<HubUser> People(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.Users,
            Role.Manager when actor.TeamId is { } team => db.Users.Where(user =>
                user.TeamId == team || user.Id == actor.UserId
            ),
            _ => db.Users.Where(user => user.Id == actor.UserId),
        };

    private static async Task RequireAsync(
        HubDbContext db,
        Actor actor,
        Guid userId,
        bool mayBeSelf,
        CancellationToken cancellationToken
    )
    {
        var may =
            (mayBeSelf || actor.Role is not Role.Agent)
            && await People(db, actor).AnyAsync(user => user.Id == userId, cancellationToken);
        if (!may)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetAvailability, userId);
        }
    }

    private void Record(HubDbContext db, Actor actor, Guid userId, string? before, string? after) =>
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.AvailabilityChanged,
                actor,
                time,
                userId,
                ("before", before),
                ("after", after)
            )
        );
}
