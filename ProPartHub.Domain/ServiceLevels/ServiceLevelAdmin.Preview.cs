using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>A lead to which a step would apply now.</summary>
public sealed record LateLead(Guid Id, long Number, string ClientName, string Agent, DateTimeOffset Since, int Step);

/// <content>Whom a service level would meet.</content>
public sealed partial class ServiceLevelAdmin
{
    /// <summary>Most leads of a preview.</summary>
    public const int Previewed = 50;

    /// <summary>Whom it would meet if it were on now: leads that are late, those late longest first; nothing is changed.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="values">The service level, as stored or as typed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first <see cref="Previewed"/> leads with the last step that is due for each, and how many there are.</returns>
    /// <exception cref="ForbiddenException">The actor may not decide for those leads.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    public async Task<(IReadOnlyList<LateLead> Rows, int Total)> PreviewAsync(
        Actor actor,
        ServiceLevelInput values,
        CancellationToken cancellationToken
    )
    {
        RequireLeader(actor);
        if (!MayChange(actor, values.TeamId))
        {
            throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
        }

        var level = new ServiceLevel { Name = "", TeamId = values.TeamId };
        Write(level, values.Checked());
        await using var db = await database.ReadAsync(cancellationToken);
        var clock = new WorkingClock(await db.SettingAsync(WorkingTime.Key, cancellationToken), calendar);
        var late = new LateLeads(clock, calendar, time.GetUtcNow());
        if (late.Find(db, level, level.Steps[0].After) is not { } leads)
        {
            return ([], 0);
        }

        var rows = await LateLeads
            .Ordered(leads, level)
            .Take(Previewed)
            .Include(lead => lead.Agent)
            .ToListAsync(cancellationToken);
        var total = await leads.CountAsync(cancellationToken);
        return (
            [
                .. rows.Select(lead => new LateLead(
                    lead.Id,
                    lead.Number,
                    lead.ClientName,
                    lead.Agent!.DisplayName,
                    LateLeads.SinceOf(level, lead),
                    late.StepsDue(level, LateLeads.SinceOf(level, lead))
                )),
            ],
            total
        );
    }
}
