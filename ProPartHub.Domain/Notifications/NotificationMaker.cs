using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Reads committed events in the order of their transactions and tells whom they concern. A place is a transaction and not
/// an event: ids are taken before commit, so 7 may appear after 8 was read. Only transactions below the oldest one still
/// running are read, each whole, and the place moves in the transaction that writes the notifications: none is lost and none
/// told twice, wherever a process dies.
/// </summary>
public sealed class NotificationMaker(HubDatabase database, NotificationWriter writer, TimeProvider time)
{
    /// <summary>Events read in one transaction; more only where one transaction wrote more.</summary>
    public const int BatchSize = 500;

    /// <summary>What is older is no news: what an import or a long standstill brings in stays untold.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(2);

    // A portal that is brought up to this version has years of events.
    private static readonly TimeSpan FirstNews = TimeSpan.FromMinutes(5);

    /// <summary>Reads everything that can be read now.</summary>
    /// <returns>
    /// False when something waits that cannot be read yet, because an older transaction still runs, or another instance
    /// holds the place.
    /// </returns>
    public async Task<bool> MakeAllAsync(CancellationToken cancellationToken)
    {
        while (await HasWorkAsync(cancellationToken) is { } work)
        {
            if (!work.CanBegin || !await database.InTransactionAsync(MakeAsync, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Work?> HasWorkAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var below = await db.NotificationCursors.Select(row => row.ReadBelow).SingleOrDefaultAsync(cancellationToken);
        var window = await EventWindow.OfAsync(db, below, cancellationToken);
        var (from, before) = (window.From, window.Before);
        if (
            window.MustBeginAnew
            || await db.LeadEvents.AnyAsync(
                row => row.TransactionId >= from && row.TransactionId < before,
                cancellationToken
            )
            || await db.SecurityEvents.AnyAsync(
                row => row.TransactionId >= from && row.TransactionId < before,
                cancellationToken
            )
        )
        {
            return new Work(CanBegin: true);
        }

        return
            await db.LeadEvents.AnyAsync(row => row.TransactionId >= before, cancellationToken)
            || await db.SecurityEvents.AnyAsync(row => row.TransactionId >= before, cancellationToken)
            ? new Work(CanBegin: false)
            : null;
    }

    private async Task<bool> MakeAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        if (!await NotificationLock.TryAsync(db, cancellationToken))
        {
            return false;
        }

        var cursor = await db.NotificationCursors.SingleOrDefaultAsync(cancellationToken);
        var since = time.GetUtcNow() - (cursor is null ? FirstNews : News);
        if (cursor is null)
        {
            db.NotificationCursors.Add(cursor = new NotificationCursor());
        }

        var window = await EventWindow.OfAsync(db, cursor.ReadBelow, cancellationToken);
        var (leads, next) = await LeadEventsAsync(db, window, since, cancellationToken);
        var requests = await RequestsAsync(db, window with { Before = next }, since, cancellationToken);
        var occasions = await OccasionsAsync(db, leads, requests, cancellationToken);
        await writer.WriteAsync(db, occasions, cancellationToken);
        cursor.ReadBelow = next == window.Before ? window.Next : next;
        return true;
    }

    private static async Task<(List<LeadEvent> Events, ulong Next)> LeadEventsAsync(
        HubDbContext db,
        EventWindow window,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var events = await Query(db, window, since).Take(BatchSize).ToListAsync(cancellationToken);
        if (events.Count < BatchSize)
        {
            return (events, window.Before);
        }

        // A transaction is read whole. The last one may be cut off here: it is left for the next round, unless it is alone.
        var last = events[^1].TransactionId;
        if (events[0].TransactionId != last)
        {
            return ([.. events.Where(row => row.TransactionId != last)], last);
        }

        var whole = window with { From = last, Before = last + 1 };
        return (await Query(db, whole, since).ToListAsync(cancellationToken), last + 1);
    }

    private static IQueryable<LeadEvent> Query(HubDbContext db, EventWindow window, DateTimeOffset since)
    {
        var (from, before) = (window.From, window.Before);
        var kinds = Occasions.LeadKinds;
        return db
            .LeadEvents.AsNoTracking()
            .Where(row =>
                row.TransactionId >= from
                && row.TransactionId < before
                && row.OccurredAt > since
                && row.Origin != ChangeOrigin.Import
                && kinds.Contains(row.Kind)
            )
            .OrderBy(row => row.TransactionId)
            .ThenBy(row => row.Id);
    }

    private static Task<List<SecurityEvent>> RequestsAsync(
        HubDbContext db,
        EventWindow window,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var (from, before) = (window.From, window.Before);
        var kinds = Occasions.VerificationKinds;
        return db
            .SecurityEvents.AsNoTracking()
            .Where(row =>
                row.TransactionId >= from
                && row.TransactionId < before
                && row.OccurredAt > since
                && kinds.Contains(row.Kind)
            )
            .OrderBy(row => row.TransactionId)
            .ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Occasion>> OccasionsAsync(
        HubDbContext db,
        List<LeadEvent> leads,
        List<SecurityEvent> requests,
        CancellationToken cancellationToken
    )
    {
        var isPoolTold = leads.Exists(entry =>
            entry.AgentId is null && entry.Kind is LeadEventKind.Created or LeadEventKind.Transferred
        );
        var leaders =
            isPoolTold || requests.Count > 0
                ? await db
                    .Users.AsNoTracking()
                    .Where(user => user.IsActive && user.Role != Role.Agent)
                    .Select(user => new Leader(user.Id, user.Role, user.TeamId))
                    .ToListAsync(cancellationToken)
                : [];
        var agents = requests.Select(entry => entry.UserId).OfType<Guid>().Distinct().ToList();
        var teams =
            agents.Count == 0
                ? []
                : await db
                    .Users.AsNoTracking()
                    .Where(user => agents.Contains(user.Id))
                    .ToDictionaryAsync(user => user.Id, user => user.TeamId, cancellationToken);
        Guid[] managers = [.. leaders.Where(leader => leader.Role is Role.Manager).Select(leader => leader.Id)];
        return
        [
            .. leads.SelectMany(entry => Occasions.Of(entry, managers)),
            .. requests.SelectMany(entry =>
                Occasions.Of(entry, Deciders(leaders, entry.UserId is { } id ? teams.GetValueOrDefault(id) : null))
            ),
        ];
    }

    // The team's managers; admins where there is none.
    private static Guid[] Deciders(List<Leader> leaders, Guid? team)
    {
        Guid[] own =
        [
            .. leaders
                .Where(leader => leader.Role is Role.Manager && team is not null && leader.TeamId == team)
                .Select(leader => leader.Id),
        ];
        return own.Length > 0
            ? own
            : [.. leaders.Where(leader => leader.Role is Role.Admin).Select(leader => leader.Id)];
    }

    private sealed record Work(bool CanBegin);

    private sealed record Leader(Guid Id, Role Role, Guid? TeamId);
}
