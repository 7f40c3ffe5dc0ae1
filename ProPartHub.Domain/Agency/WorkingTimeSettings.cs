using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Agency;

/// <summary>Reads and changes when the agency works: managers read it, admins change it.</summary>
public sealed class WorkingTimeSettings(HubDatabase database, TimeProvider time)
{
    /// <summary>When the agency works.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<WorkingTime> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Role is Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetWorkingTime);
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SettingAsync(WorkingTime.Key, cancellationToken);
    }

    /// <summary>Stores when the agency works.</summary>
    /// <returns>False when somebody else changed it since it was opened.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">A day closes before it opens, no day has hours, or there are too many holidays.</exception>
    public Task<bool> SaveAsync(Actor actor, WorkingTime opened, WorkingTime typed, CancellationToken cancellationToken)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetWorkingTime);
        }

        return database.InTransactionAsync(
            (db, token) => db.SetAsync(actor, WorkingTime.Key, opened, Checked(typed), time, token),
            cancellationToken
        );
    }

    private static WorkingTime Checked(WorkingTime typed)
    {
        var errors = typed
            .Week.Where(day => day.From is null != day.To is null || day.To <= day.From)
            .Select(day => new FieldError(day.Day.ToString(), FieldErrorCode.OutOfRange))
            .ToList();
        if (!typed.Week.Select(day => day.Day).SequenceEqual(new WorkingTime().Week.Select(day => day.Day)))
        {
            errors.Add(new(nameof(typed.Week), FieldErrorCode.UnknownOption));
        }

        if (!typed.HasHours)
        {
            errors.Add(new(nameof(typed.Week), FieldErrorCode.Required));
        }

        if (typed.Holidays.Count > WorkingTime.MostHolidays)
        {
            errors.Add(new(nameof(typed.Holidays), FieldErrorCode.TooMany, WorkingTime.MostHolidays));
        }

        return errors.Count > 0
            ? throw new InvalidInputException(errors)
            : typed with
            {
                Holidays = [.. typed.Holidays.Distinct().Order()],
            };
    }
}
