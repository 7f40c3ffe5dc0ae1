using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Points;

/// <summary>
/// Gives and takes points for what happened to leads, in the transaction in which it happened. It goes by the events that
/// every change of a lead writes, so a hand in the portal and the exchange with HubSpot meet the same rules; what the
/// ledger already says about the lead decides, so nothing is given twice.
/// </summary>
internal static class PointLedger
{
    /// <summary>
    /// Whether events of the kind can bring points. Only the portal's own leads do by coming to be: what an import or
    /// HubSpot brings was not registered by its agent. A move counts wherever it was made.
    /// </summary>
    public static bool Concerns(LeadEventKind kind, ChangeOrigin origin) =>
        kind is LeadEventKind.StageChanged || (kind is LeadEventKind.Created && origin is ChangeOrigin.Portal);

    /// <summary>Writes the entries that follow from the events of the transaction. For <see cref="HubDbContext.BeforeCommit"/>.</summary>
    public static async Task FollowAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var events = db
            .ChangeTracker.Entries<LeadEvent>()
            .Select(entry => entry.Entity)
            .OrderBy(entry => entry.Id)
            .ToList();
        var rules = await RulesAsync(db, cancellationToken);
        if (!rules.IsOn)
        {
            return;
        }

        var entries = new List<PointEntry>();
        foreach (var created in events.Where(entry => Concerns(entry.Kind, entry.Origin)))
        {
            if (created is { Kind: LeadEventKind.Created, AgentId: { } agent })
            {
                entries.Add(Entry(created, agent, rules.LeadCreated, PointKind.LeadCreated, sequence: 1));
            }
        }

        var moves = events.Where(entry => entry.Kind is LeadEventKind.StageChanged).ToLookup(entry => entry.LeadId);
        if (moves.Count > 0)
        {
            entries.AddRange(await AfterMovesAsync(db, rules, moves, events, cancellationToken));
        }

        db.PointEntries.AddRange(entries);
    }

    /// <summary>The rules that hold.</summary>
    public static async Task<PointRules> RulesAsync(HubDbContext db, CancellationToken cancellationToken) =>
        await db.PointRules.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new PointRules();

    private static async Task<List<PointEntry>> AfterMovesAsync(
        HubDbContext db,
        PointRules rules,
        ILookup<Guid, LeadEvent> moves,
        List<LeadEvent> events,
        CancellationToken cancellationToken
    )
    {
        var leadIds = moves.Select(lead => lead.Key).ToList();
        var stageIds = moves.SelectMany(lead => lead).SelectMany(StagesOf).ToHashSet();
        var won = await db
            .Stages.Where(stage => stageIds.Contains(stage.Id) && stage.Status == LeadStatus.Won)
            .Select(stage => stage.Id)
            .ToListAsync(cancellationToken);
        var known = await db
            .PointEntries.AsNoTracking()
            .Where(entry =>
                entry.LeadId != null
                && leadIds.Contains(entry.LeadId.Value)
                && (entry.Kind == PointKind.DealWon || entry.Kind == PointKind.DealReopened)
            )
            .ToListAsync(cancellationToken);
        var entries = new List<PointEntry>();
        foreach (var lead in moves)
        {
            var (first, last) = (lead.First(), lead.Last());
            var wasWon = StagesOf(first) is [var from, _] && won.Contains(from);
            var isWon = StagesOf(last) is [.., var to] && won.Contains(to);
            var given = known.Where(entry => entry.LeadId == lead.Key && entry.Kind is PointKind.DealWon).ToList();
            var standing = given.Find(entry =>
                !known.Exists(other =>
                    other.LeadId == lead.Key && other.Kind is PointKind.DealReopened && other.Sequence == entry.Sequence
                )
            );
            if (!isWon && standing is not null)
            {
                // Exactly what was given comes back from who got it, whatever the rules and the agent are by now.
                entries.Add(Entry(last, standing.UserId, -standing.Points, PointKind.DealReopened, standing.Sequence));
            }
            else if (
                isWon
                && !wasWon
                && standing is null
                && events.FindLast(entry => entry.LeadId == lead.Key)?.AgentId is { } agent
            )
            {
                entries.Add(Entry(last, agent, rules.DealWon, PointKind.DealWon, given.Count + 1));
            }
        }

        return entries;
    }

    private static List<Guid> StagesOf(LeadEvent move) =>
        move.Changes.FirstOrDefault(change => change.Field == nameof(LeadField.Stage)) is { } change
        && Guid.TryParse(change.Before, out var before)
        && Guid.TryParse(change.After, out var after)
            ? [before, after]
            : [];

    private static PointEntry Entry(LeadEvent cause, Guid userId, int points, PointKind kind, int sequence) =>
        new()
        {
            UserId = userId,
            Points = points,
            Kind = kind,
            LeadId = cause.LeadId,
            Sequence = sequence,
            At = cause.OccurredAt,
            ById = cause.ActorId,
            ByName = cause.ActorName,
        };
}
