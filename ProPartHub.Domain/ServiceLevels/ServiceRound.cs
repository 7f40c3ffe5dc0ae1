using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>
/// Takes the steps that are due: each once, in order, while the agency works. What is taken and that it was taken are written
/// in one transaction, by one instance at a time, so that nothing is done twice wherever a process dies.
/// </summary>
public sealed class ServiceRound(
    HubDatabase database,
    NotificationWriter notifications,
    AgencyCalendar calendar,
    TimeProvider time
)
{
    /// <summary>Most leads of a transaction.</summary>
    public const int BatchSize = 50;

    /// <summary>Name of the change that says which step a service level took, by the name of its <see cref="ServiceAct"/>.</summary>
    public const string StepField = "ServiceStep";

    /// <summary>Takes all that are due now.</summary>
    /// <returns>How many steps were taken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        List<ServiceLevel> levels;
        WorkingClock clock;
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            levels = await db
                .ServiceLevels.Where(level => level.IsOn && level.DeletedAt == null)
                .OrderBy(level => level.Id)
                .ToListAsync(cancellationToken);
            clock = new WorkingClock(await db.SettingAsync(WorkingTime.Key, cancellationToken), calendar);
        }

        // Nobody is reminded at night, and no lead changes hands while nobody sees it.
        if (levels.Count == 0 || !clock.IsOpen(time.GetUtcNow()))
        {
            return 0;
        }

        var taken = 0;
        foreach (var level in levels)
        {
            for (var step = 0; step < level.Steps.Count; step++)
            {
                taken += await TakeAsync(level, step, clock, cancellationToken);
            }
        }

        return taken;
    }

    private async Task<int> TakeAsync(
        ServiceLevel level,
        int step,
        WorkingClock clock,
        CancellationToken cancellationToken
    )
    {
        var (sum, last) = (0, BatchSize);
        while (last == BatchSize)
        {
            // Nobody writes while nothing is due.
            await using (var db = await database.ReadAsync(cancellationToken))
            {
                if (Due(db, level, step, clock) is not { } due || !await due.AnyAsync(cancellationToken))
                {
                    return sum;
                }
            }

            last = await database.InTransactionAsync(
                (db, token) => TakeBatchAsync(db, level.Id, step, clock, token),
                cancellationToken
            );
            sum += last;
        }

        return sum;
    }

    private async Task<int> TakeBatchAsync(
        HubDbContext db,
        Guid levelId,
        int step,
        WorkingClock clock,
        CancellationToken cancellationToken
    )
    {
        await AssignmentDesk.LockAsync(db, cancellationToken);
        // Read anew: whoever switched it off meanwhile wants nothing more to follow.
        var level = await db.ServiceLevels.SingleOrDefaultAsync(
            row => row.Id == levelId && row.IsOn && row.DeletedAt == null,
            cancellationToken
        );
        if (level is null || step >= level.Steps.Count || Due(db, level, step, clock) is not { } due)
        {
            return 0;
        }

        var leads = await LateLeads.Ordered(due, level).Take(BatchSize).ToListAsync(cancellationToken);
        var steps = new ServiceSteps(db, level, clock, calendar, time.GetUtcNow());
        foreach (var lead in leads)
        {
            db.ServiceStepsTaken.Add(
                new ServiceStepTaken
                {
                    ServiceLevelId = level.Id,
                    LeadId = lead.Id,
                    Since = LateLeads.SinceOf(level, lead),
                    Step = step,
                    TakenAt = time.GetUtcNow(),
                }
            );
            await steps.TakeAsync(lead, level.Steps[step].Act, step, cancellationToken);
        }

        await notifications.WriteAsync(db, steps.Occasions, cancellationToken);
        return leads.Count;
    }

    private IQueryable<Lead>? Due(HubDbContext db, ServiceLevel level, int step, WorkingClock clock) =>
        new LateLeads(clock, calendar, time.GetUtcNow()).Find(db, level, level.Steps[step].After) is { } late
            ? LateLeads.Untaken(db, late, level, step)
            : null;
}
