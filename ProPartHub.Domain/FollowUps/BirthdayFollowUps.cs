using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <summary>
/// Makes follow-ups of clients' birthdays. Who was born on 29 February has the birthday on 28 February in other years: a day
/// early is kind, a day late is not. The key of a follow-up is made of the lead and the year, so that each year brings one,
/// also where it was deleted or done.
/// </summary>
public sealed class BirthdayFollowUps(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most of a transaction.</summary>
    public const int BatchSize = 100;

    /// <summary>The rule that holds.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<BirthdayRule> RuleAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SettingAsync(BirthdayRule.Key, cancellationToken);
    }

    /// <summary>Stores the rule.</summary>
    /// <returns>False when somebody else changed it since it was opened.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">A number is out of range, or the title is missing, too long or unreadable.</exception>
    public Task<bool> SaveRuleAsync(
        Actor actor,
        BirthdayRule opened,
        BirthdayRule typed,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor);
        var checkedRule = typed.Checked();
        return database.InTransactionAsync(
            (db, token) => db.SetAsync(actor, BirthdayRule.Key, opened, checkedRule, time, token),
            cancellationToken
        );
    }

    /// <summary>Makes those that are due to be made now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        var (sum, after) = (0, Guid.Empty);
        while (true)
        {
            List<Guid> batch;
            BirthdayRule rule;
            await using (var db = await database.ReadAsync(cancellationToken))
            {
                rule = await db.SettingAsync(BirthdayRule.Key, cancellationToken);
                batch = rule.IsOn ? await DueAsync(db, rule, after, cancellationToken) : [];
            }

            if (batch.Count == 0)
            {
                return sum;
            }

            sum += await database.InTransactionAsync(
                (db, token) => MakeAsync(db, batch, rule, token),
                cancellationToken
            );
            after = batch[^1];
        }
    }

    /// <summary>The day of a birthday in a year.</summary>
    public static DateOnly InYear(DateOnly birth, int year) =>
        new(year, birth.Month, Math.Min(birth.Day, DateTime.DaysInMonth(year, birth.Month)));

    /// <summary>Key of the follow-up of a lead and a year.</summary>
    internal static Guid KeyOf(Guid leadId, int year)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"birthday {leadId:N} {year}"), hash);

        // A UUID of a maker's own kind (RFC 9562, version 8).
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    // The days whose follow-ups are to be made by now, today's among them.
    private IReadOnlyList<DateOnly> Days(BirthdayRule rule)
    {
        var now = time.GetUtcNow();
        var today = calendar.DayOf(now);
        var ahead = now >= calendar.At(today, new TimeOnly(rule.Hour, 0)) ? rule.DaysAhead : rule.DaysAhead - 1;
        return [.. Enumerable.Range(0, Math.Max(0, ahead + 1)).Select(day => today.AddDays(day))];
    }

    // Of a client with several leads the newest one gets it. Won deals count: such clients are worth most.
    private async Task<List<Guid>> DueAsync(
        HubDbContext db,
        BirthdayRule rule,
        Guid after,
        CancellationToken cancellationToken
    )
    {
        int[] births = [.. Days(rule).SelectMany(BirthsOf)];
        return await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT lead.id AS "Value"
                FROM leads AS lead
                WHERE (extract(month FROM lead.birth_date) * 100 + extract(day FROM lead.birth_date))::int = ANY({births})
                    AND lead.birth_date IS NOT NULL AND lead.agent_id IS NOT NULL AND lead.archived_at IS NULL
                    AND lead.erased_at IS NULL AND lead.status <> {(int)LeadStatus.Lost} AND lead.id > {after}
                    AND (NOT lead.is_demo OR EXISTS (SELECT FROM hubspot_account WHERE is_sandbox))
                    AND NOT EXISTS (
                        SELECT FROM leads AS newer
                        WHERE newer.phone = lead.phone AND newer.agent_id = lead.agent_id AND newer.number > lead.number
                            AND newer.archived_at IS NULL AND newer.birth_date IS NOT NULL
                            AND newer.status <> {(int)LeadStatus.Lost})
                ORDER BY lead.id LIMIT {BatchSize}
                """
            )
            .ToListAsync(cancellationToken);
    }

    // Month and day of those who have their birthday on a day.
    private static IEnumerable<int> BirthsOf(DateOnly day)
    {
        yield return (day.Month * 100) + day.Day;
        if (day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year))
        {
            yield return 229;
        }
    }

    private async Task<int> MakeAsync(
        HubDbContext db,
        IReadOnlyList<Guid> ids,
        BirthdayRule rule,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var today = calendar.DayOf(now);
        // One instance at a time; the key stands behind it.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtext({nameof(BirthdayFollowUps)}))",
            cancellationToken
        );
        var leads = await db
            .Leads.Where(lead => ids.Contains(lead.Id) && lead.BirthDate != null)
            .ToListAsync(cancellationToken);
        var days = leads.ToDictionary(lead => lead.Id, lead => Next(lead.BirthDate!.Value, today));
        var keys = leads.ToDictionary(lead => lead.Id, lead => KeyOf(lead.Id, days[lead.Id].Year));
        var wanted = keys.Values.ToList();
        var known = (
            await db
                .FollowUps.Where(row => wanted.Contains(row.Id))
                .Select(row => row.Id)
                .ToListAsync(cancellationToken)
        ).ToHashSet();
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, now);
        var fresh = leads.Where(lead => !known.Contains(keys[lead.Id])).ToList();
        foreach (var lead in fresh)
        {
            var due = calendar.At(days[lead.Id], new TimeOnly(rule.Hour, 0));
            var followUp = new FollowUp
            {
                Id = keys[lead.Id],
                LeadId = lead.Id,
                Title = rule.Title!,
                DueAt = due,
                AuthorName = recorder.Actor.Name,
                Origin = ChangeOrigin.System,
                CreatedAt = now,
            };
            db.FollowUps.Add(followUp);
            recorder.Record(db, lead, LeadEventKind.FollowUpAdded, FollowUpFields.New(followUp), followUp.Id);
            await recorder.MarkForHubSpotAsync(db, OutboxKind.FollowUp, followUp.Id, lead.Id, cancellationToken);
        }

        return fresh.Count;
    }

    private static DateOnly Next(DateOnly birth, DateOnly today)
    {
        var thisYear = InYear(birth, today.Year);
        return thisYear >= today ? thisYear : InYear(birth, today.Year + 1);
    }

    private static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetServiceLevels);
        }
    }
}
