using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Claims;

/// <summary>How long a lead holds its client.</summary>
/// <param name="LastDay">The last day of the agency's on which it does.</param>
/// <param name="Days">Days of protection after the last day on which it was worked.</param>
/// <param name="IsOver">True when that day is past: others may register the client by themselves.</param>
public sealed record LeadProtection(DateOnly LastDay, int Days, bool IsOver);

/// <summary>
/// The protection of clients: an open lead with an agent holds its client until so many days have passed without anything
/// done about it. A lead in the pool holds its client for as long as it is open: it has no agent to be fair to, and a manager
/// to give it away.
/// </summary>
public sealed class Protection(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>The rule that holds.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<ProtectionRule> RuleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Role is Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.DecideClaim);
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SettingAsync(ProtectionRule.Key, cancellationToken);
    }

    /// <summary>Stores the rule; it holds for all leads from then on.</summary>
    /// <returns>False when somebody else changed it since it was opened.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">Days below 1 or above <see cref="ProtectionRule.MostDays"/>.</exception>
    public Task<bool> SaveRuleAsync(
        Actor actor,
        ProtectionRule opened,
        ProtectionRule typed,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetProtection);
        }

        if (typed.Days is < 1 or > ProtectionRule.MostDays)
        {
            throw new InvalidInputException([
                new FieldError(nameof(typed.Days), FieldErrorCode.OutOfRange, ProtectionRule.MostDays),
            ]);
        }

        return database.InTransactionAsync(
            (db, token) => db.SetAsync(actor, ProtectionRule.Key, opened, typed, time, token),
            cancellationToken
        );
    }

    /// <summary>How long a lead holds its client; null where it holds none, being closed, archived or in the pool.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<LeadProtection?> OfLeadAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var lead =
            await db
                .Leads.VisibleTo(actor)
                .Where(row => row.Id == leadId)
                .Select(row => new
                {
                    row.WorkedAt,
                    Rule = db
                        .AgencySettings.Where(setting => setting.Key == ProtectionRule.Key.Name)
                        .Select(setting => setting.Value)
                        .FirstOrDefault(),
                    IsHeld = row.ArchivedAt == null && row.Status < LeadStatus.Won && row.AgentId != null,
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        return lead.IsHeld ? Of(lead.WorkedAt, ProtectionRule.Key.Read(lead.Rule).Days) : null;
    }

    /// <summary>The protection of a lead that was last worked at a moment (UTC).</summary>
    internal LeadProtection Of(DateTimeOffset workedAt, int days)
    {
        var last = calendar.DayOf(workedAt).AddDays(days);
        return new(last, days, calendar.DayOf(time.GetUtcNow()) > last);
    }

    /// <summary>Leads that were worked at this moment (UTC) or later hold their clients now.</summary>
    internal async Task<DateTimeOffset> SinceAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var rule = await db.SettingAsync(ProtectionRule.Key, cancellationToken);
        return calendar.StartOf(calendar.DayOf(time.GetUtcNow()).AddDays(-rule.Days));
    }
}
