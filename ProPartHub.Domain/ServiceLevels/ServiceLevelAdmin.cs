using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>A service level in a list.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Values">What it says.</param>
/// <param name="TeamName">The team whose leads it is about; null for all.</param>
/// <param name="IsOn">Whether anything follows.</param>
/// <param name="MayChange">False where a manager only reads what admins set for all.</param>
/// <param name="TakenLately">Steps taken in the last 7 days.</param>
public sealed record ServiceLevelItem(
    Guid Id,
    ServiceLevelInput Values,
    string? TeamName,
    bool IsOn,
    bool MayChange,
    int TakenLately
);

/// <summary>
/// Makes and changes service levels: admins all of them, managers those of their team; managers read what holds for all too.
/// Every change is a security event.
/// </summary>
public sealed partial class ServiceLevelAdmin(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>Those that the actor may know, for all first, then by team and name.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<IReadOnlyList<ServiceLevelItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireLeader(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var since = time.GetUtcNow() - Lately;
        var rows = await Known(db, actor)
            .OrderBy(level => level.TeamId != null)
            .ThenBy(level => level.TeamId)
            .ThenBy(level => level.Name)
            .ThenBy(level => level.Id)
            .Select(level => new
            {
                Level = level,
                Team = db.Teams.Where(team => team.Id == level.TeamId).Select(team => team.Name).FirstOrDefault(),
                Taken = db.ServiceStepsTaken.Count(taken => taken.ServiceLevelId == level.Id && taken.TakenAt >= since),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new ServiceLevelItem(
                row.Level.Id,
                ServiceLevelInput.From(row.Level),
                row.Team,
                row.Level.IsOn,
                MayChange(actor, row.Level.TeamId),
                row.Taken
            )),
        ];
    }

    /// <summary>Adds a service level, switched off, or changes one.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="levelId">Its key, made by the caller for a new one.</param>
    /// <param name="opened">What the form opened with; null for a new one.</param>
    /// <param name="typed">What it says on save. Whose leads it is about is settled when it is made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed or deleted it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor may not decide for those leads.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule, or there are too many.</exception>
    public Task<bool> SaveAsync(
        Actor actor,
        Guid levelId,
        ServiceLevelInput? opened,
        ServiceLevelInput typed,
        CancellationToken cancellationToken
    )
    {
        RequireLeader(actor);
        if (!MayChange(actor, typed.TeamId))
        {
            throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
        }

        var values = typed.Checked();
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var level = await db.ServiceLevels.SingleOrDefaultAsync(
                    row => row.Id == levelId && row.DeletedAt == null,
                    token
                );
                if (level is not null && !MayChange(actor, level.TeamId))
                {
                    throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
                }

                var before = level is null ? null : ServiceLevelInput.From(level).ToText();
                if (before != opened?.ToText())
                {
                    return opened is null && before == values.ToText();
                }

                level ??= await NewAsync(db, levelId, values, token);
                Write(level, values);
                Record(db, actor, level, before, ServiceLevelInput.From(level).ToText());
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Switches a service level on or off; off holds at once, also for steps that are due.</summary>
    /// <exception cref="NotFoundException">There is no such service level for the actor to change.</exception>
    public Task SwitchAsync(Actor actor, Guid levelId, bool isOn, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            levelId,
            isDeleted: false,
            (db, level) =>
            {
                if (level.IsOn != isOn)
                {
                    level.IsOn = isOn;
                    Record(db, actor, level, isOn ? "off" : "on", isOn ? "on" : "off");
                }
            },
            cancellationToken
        );

    /// <summary>Deletes a service level; it can be taken back, and is switched off then.</summary>
    /// <inheritdoc cref="SwitchAsync" path="/exception"/>
    public Task DeleteAsync(Actor actor, Guid levelId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            levelId,
            isDeleted: false,
            (db, level) =>
            {
                (level.DeletedAt, level.IsOn) = (time.GetUtcNow(), false);
                Record(db, actor, level, ServiceLevelInput.From(level).ToText(), null);
            },
            cancellationToken
        );

    /// <summary>Takes a deletion back.</summary>
    /// <inheritdoc cref="SwitchAsync" path="/exception"/>
    public Task RestoreAsync(Actor actor, Guid levelId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            levelId,
            isDeleted: true,
            (db, level) =>
            {
                level.DeletedAt = null;
                Record(db, actor, level, null, ServiceLevelInput.From(level).ToText());
            },
            cancellationToken
        );

    private Task ChangeAsync(
        Actor actor,
        Guid levelId,
        bool isDeleted,
        Action<HubDbContext, ServiceLevel> change,
        CancellationToken cancellationToken
    )
    {
        RequireLeader(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var level =
                    await db.ServiceLevels.SingleOrDefaultAsync(
                        row => row.Id == levelId && row.DeletedAt != null == isDeleted,
                        token
                    ) ?? throw new NotFoundException("Service level");
                if (!MayChange(actor, level.TeamId))
                {
                    throw NotFoundException.Hidden(actor, "Service level", GuardedAct.SetServiceLevels);
                }

                change(db, level);
            },
            cancellationToken
        );
    }

    private async Task<ServiceLevel> NewAsync(
        HubDbContext db,
        Guid levelId,
        ServiceLevelInput values,
        CancellationToken cancellationToken
    )
    {
        var count = await db.ServiceLevels.CountAsync(
            row => row.TeamId == values.TeamId && row.DeletedAt == null,
            cancellationToken
        );
        if (count >= ServiceLevel.Most)
        {
            throw new InvalidInputException([
                new FieldError(nameof(values.Name), FieldErrorCode.TooMany, ServiceLevel.Most),
            ]);
        }

        if (values.TeamId is { } team && !await db.Teams.AnyAsync(row => row.Id == team, cancellationToken))
        {
            throw new InvalidInputException(nameof(values.TeamId), FieldErrorCode.UnknownOption);
        }

        var level = new ServiceLevel
        {
            Id = levelId,
            Name = values.Name!,
            TeamId = values.TeamId,
            CreatedAt = time.GetUtcNow(),
        };
        db.ServiceLevels.Add(level);
        return level;
    }

    private static void Write(ServiceLevel level, ServiceLevelInput values)
    {
        (level.Name, level.Duty, level.Limit) = (values.Name!, values.Duty, values.Limit);
        (level.StageIds, level.FollowUpTitle) = (values.StageIds, values.FollowUpTitle);
        level.Steps = [.. values.Steps];
    }

    private static IQueryable<ServiceLevel> Known(HubDbContext db, Actor actor)
    {
        var levels = db.ServiceLevels.Where(level => level.DeletedAt == null);
        return actor.Role is Role.Admin
            ? levels
            : levels.Where(level => level.TeamId == null || level.TeamId == actor.TeamId);
    }

    private static bool MayChange(Actor actor, Guid? teamId) =>
        actor.Role is Role.Admin || (actor is { Role: Role.Manager, TeamId: { } team } && team == teamId);

    private static void RequireLeader(Actor actor)
    {
        if (actor.Role is Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
        }
    }

    private void Record(HubDbContext db, Actor actor, ServiceLevel level, string? before, string? after)
    {
        if (before != after)
        {
            db.SecurityEvents.Add(
                SecurityLog.Entry(
                    SecurityEventKind.ServiceLevelChanged,
                    actor,
                    time,
                    null,
                    ("rule", level.Name),
                    ("before", before),
                    ("after", after)
                )
            );
        }
    }
}
