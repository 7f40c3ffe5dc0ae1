using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A mark as it was read.</summary>
internal sealed record PushMark(OutboxKind Kind, Guid SubjectId, Lead Lead, long Revision, int Attempts);

/// <summary>The marks of what waits for HubSpot: reading the due ones, taking them away, setting them aside.</summary>
internal sealed class PushOutbox(SyncSession session)
{
    private const int LongestError = 2000;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    // Turning the part on ends it at once; this is for what loosens without a person, such as a value taken back there.
    private static readonly TimeSpan HeldFor = TimeSpan.FromHours(1);

    /// <summary>Leads whose mark is due, the longest waiting first.</summary>
    public async Task<List<DueLead>> DueLeadsAsync(int most, CancellationToken cancellationToken)
    {
        var now = session.Now;
        await using var db = await session.ReadAsync(cancellationToken);
        var rows = await (
            from entry in db.Outbox
            where entry.Kind == OutboxKind.Lead && entry.ParkedAt == null && entry.DueAt <= now
            join lead in db.Leads on entry.SubjectId equals lead.Id
            join sync in db.LeadSyncs on lead.Id equals sync.LeadId into known
            from sync in known.DefaultIfEmpty()
            orderby entry.DueAt, entry.SubjectId
            select new
            {
                Lead = lead,
                Sync = sync,
                entry.Revision,
                entry.Attempts,
            }
        )
            .Take(most)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new DueLead(row.Lead, row.Sync, row.Revision, row.Attempts));
    }

    /// <summary>Takes the mark away if no edit came meanwhile, and tells browsers. Inside the caller's transaction.</summary>
    public Task DoneAsync(HubDbContext db, Lead lead, long revision, CancellationToken cancellationToken)
    {
        Tell(db, lead);
        return Entry(db, OutboxKind.Lead, lead.Id, revision).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>
    /// Sets the mark aside with HubSpot's words, until a person edits, retries or gives up. Inside the caller's transaction.
    /// </summary>
    public async Task ParkAsync(
        HubDbContext db,
        OutboxKind kind,
        Guid subjectId,
        Lead lead,
        long revision,
        string words,
        CancellationToken cancellationToken
    )
    {
        var text = words.Length > LongestError ? words[..LongestError] : words;
        var parked = await Entry(db, kind, subjectId, revision)
            .ExecuteUpdateAsync(
                entry => entry.SetProperty(row => row.ParkedAt, session.Now).SetProperty(row => row.LastError, text),
                cancellationToken
            );
        if (parked > 0)
        {
            db.Out(session.Now, lead.Id, SyncJournal.Parked, text);
            Tell(db, lead);
        }
    }

    /// <summary>Parks leads, each in words of its own.</summary>
    public Task ParkAsync(
        IReadOnlyCollection<(DueLead Due, string Words)> leads,
        CancellationToken cancellationToken
    ) =>
        leads.Count == 0
            ? Task.CompletedTask
            : session.WriteAsync(
                async (db, token) =>
                {
                    foreach (var (due, words) in leads)
                    {
                        await ParkAsync(db, OutboxKind.Lead, due.Id, due.Lead, due.Revision, words, token);
                    }
                },
                cancellationToken
            );

    /// <summary>Puts marks off after a failure that may pass: longer each time, spread so that they do not come back as one.</summary>
    public Task DeferAsync(
        OutboxKind kind,
        IReadOnlyCollection<(Guid SubjectId, int Attempts)> marks,
        HubSpotException failure,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                foreach (var (subjectId, attempts) in marks)
                {
                    var due = session.Now + DelayAfter(attempts, failure.RetryAfter);
                    await db
                        .Outbox.Where(row => row.Kind == kind && row.SubjectId == subjectId)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(entry => entry.Attempts, attempts + 1)
                                    .SetProperty(entry => entry.DueAt, due)
                                    .SetProperty(entry => entry.LastError, Words(failure)),
                            token
                        );
                }
            },
            cancellationToken
        );

    /// <summary>Puts marks off because they need a part of the exchange that is off.</summary>
    public Task HoldAsync(
        OutboxKind kind,
        IReadOnlyCollection<(Guid SubjectId, long Revision)> marks,
        CancellationToken cancellationToken
    ) =>
        marks.Count == 0
            ? Task.CompletedTask
            : session.WriteAsync(
                async (db, token) =>
                {
                    foreach (var (subjectId, revision) in marks)
                    {
                        await HoldAsync(db, kind, subjectId, revision, token);
                    }
                },
                cancellationToken
            );

    /// <summary>
    /// Puts a mark off likewise, inside the caller's transaction; not when a switch was turned since the round began,
    /// which had made it due.
    /// </summary>
    public Task HoldAsync(
        HubDbContext db,
        OutboxKind kind,
        Guid subjectId,
        long revision,
        CancellationToken cancellationToken
    )
    {
        var (until, off) = (session.Now + HeldFor, session.Off);
        return Entry(db, kind, subjectId, revision)
            .Where(_ => db.HubSpotAccounts.Any(account => account.SwitchedOff == off))
            .ExecuteUpdateAsync(entry => entry.SetProperty(row => row.DueAt, until), cancellationToken);
    }

    /// <summary>
    /// Carries one thing: what HubSpot refuses is set aside with its words, what may pass is tried again later.
    /// </summary>
    /// <exception cref="HubSpotUnauthorizedException">Nothing can be carried now.</exception>
    public async Task TryAsync(PushMark mark, Func<CancellationToken, Task> carry, CancellationToken cancellationToken)
    {
        try
        {
            await carry(cancellationToken);
        }
        catch (HubSpotException refusal) when (refusal is HubSpotValidationException or HubSpotForbiddenException)
        {
            await session.WriteAsync(
                (db, token) =>
                    ParkAsync(db, mark.Kind, mark.SubjectId, mark.Lead, mark.Revision, Words(refusal), token),
                cancellationToken
            );
        }
        catch (HubSpotException failure) when (failure is not HubSpotUnauthorizedException)
        {
            await DeferAsync(mark.Kind, [(mark.SubjectId, mark.Attempts)], failure, cancellationToken);
        }
    }

    /// <summary>HubSpot's own words, or what the failure was where HubSpot said nothing.</summary>
    public static string Words(HubSpotException failure)
    {
        var issues = failure.Fault.Issues.Select(issue => issue.Message).Where(message => message.Length > 0);
        var words = string.Join(' ', issues);
        return words.Length > 0 ? words
            : failure.Fault.Words.Length > 0 ? failure.Fault.Words
            : failure.Message;
    }

    private static TimeSpan DelayAfter(int attempts, TimeSpan? atLeast)
    {
        var doubled = FirstDelay * Math.Pow(2, Math.Min(attempts, 12));
        var capped = doubled < LongestDelay ? doubled : LongestDelay;
        var spread = capped * (0.75 + (Random.Shared.NextDouble() / 2));
        return atLeast > spread ? atLeast.Value : spread;
    }

    /// <summary>Tells browsers that the lead's exchange with HubSpot stands differently now. Inside the caller's transaction.</summary>
    public void Tell(HubDbContext db, Lead lead) =>
        new LeadRecorder(Actor.System, ChangeOrigin.System, session.Now).Record(
            db,
            lead,
            LeadEventKind.SyncStateChanged,
            []
        );

    /// <summary>The mark, unless an edit came meanwhile.</summary>
    public static IQueryable<OutboxEntry> Entry(HubDbContext db, OutboxKind kind, Guid subjectId, long revision) =>
        db.Outbox.Where(row => row.Kind == kind && row.SubjectId == subjectId && row.Revision == revision);
}
