using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <summary>
/// Makes the next of a follow-up that repeats once it is done, wherever that was: here, in HubSpot or by a rule. What was
/// left undone for long brings one, not all that were missed.
/// </summary>
public sealed class RepeatedFollowUps(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most of a transaction.</summary>
    public const int BatchSize = 100;

    /// <summary>Makes those that are to be made now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        var sum = 0;
        while (await HasWorkAsync(cancellationToken))
        {
            sum += await database.InTransactionAsync(MakeAsync, cancellationToken);
        }

        return sum;
    }

    /// <summary>Done ones whose next is missing. Leads in the archive wait there.</summary>
    internal static IQueryable<FollowUp> Due(HubDbContext db) =>
        db
            .FollowUps.Where(row =>
                row.DoneAt != null && row.DeletedAt == null && row.Repeat != FollowUpRepeat.None && row.NextId == null
            )
            .Where(row => db.Leads.Any(lead => lead.Id == row.LeadId && lead.ArchivedAt == null));

    private async Task<bool> HasWorkAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await Due(db).AnyAsync(cancellationToken);
    }

    private async Task<int> MakeAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        // One instance at a time. A person who opens one again meanwhile is noticed by its version.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtext({nameof(RepeatedFollowUps)}))",
            cancellationToken
        );
        var ids = await Due(db)
            .OrderBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => row.LeadId)
            .ToArrayAsync(cancellationToken);
        // Locked in one order, so that neither a merge nor an erasure comes between; what they left is read afterwards.
        var leads = await db
            .Leads.FromSql($"SELECT *, xmin FROM leads WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE")
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var rows = await Due(db)
            .Where(row => ids.Contains(row.LeadId))
            .OrderBy(row => row.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, time.GetUtcNow());
        var made = 0;
        foreach (var done in rows)
        {
            if (Next(done, recorder.At) is not { } next)
            {
                done.Repeat = FollowUpRepeat.None;
                continue;
            }

            made++;
            done.NextId = next.Id;
            db.FollowUps.Add(next);
            recorder.Record(db, leads[done.LeadId], LeadEventKind.FollowUpAdded, FollowUpFields.New(next), next.Id);
            await recorder.MarkForHubSpotAsync(db, OutboxKind.FollowUp, next.Id, done.LeadId, cancellationToken);
        }

        return made;
    }

    // A rhythm ends where the calendar does.
    private FollowUp? Next(FollowUp done, DateTimeOffset now)
    {
        var from = done.RepeatFrom ?? done.DueAt;
        if (calendar.Next(done.Repeat, from, now > done.DueAt ? now : done.DueAt) is not { } due)
        {
            return null;
        }

        return new FollowUp
        {
            LeadId = done.LeadId,
            Title = done.Title,
            Details = done.Details,
            DueAt = due,
            Repeat = done.Repeat,
            RepeatFrom = from,
            AuthorId = done.AuthorId,
            AuthorName = done.AuthorName,
            Origin = ChangeOrigin.System,
            CreatedAt = now,
        };
    }
}
