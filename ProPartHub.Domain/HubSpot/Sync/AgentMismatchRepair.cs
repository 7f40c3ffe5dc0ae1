using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Makes leads that differ in one way agree, in either direction. It goes by batches with a transaction each, and looks at
/// every lead again inside it: one that was edited meanwhile and differs no longer, or in another way, is left alone.
/// </summary>
public sealed class AgentMismatchRepair(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>Most leads of a transaction.</summary>
    public const int BatchSize = 200;

    /// <summary>
    /// Gives the leads the agent whom HubSpot names. Nothing is sent: both sides agree from then on, and open conflicts about
    /// the agent are settled.
    /// </summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="key">The way in which the leads differ.</param>
    /// <param name="reason">Stands in the history of every lead; up to <see cref="LeadLimits.TransferReason"/> characters.</param>
    /// <param name="progress">Hears how many are done, after every batch.</param>
    /// <param name="cancellationToken">Stops after the batch under way.</param>
    /// <returns>How many leads got another agent.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">HubSpot names somebody who is nobody here.</exception>
    public Task<int> TakeTheirsAsync(
        Actor actor,
        AgentMismatchKey key,
        string reason,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        if (!key.CanTake)
        {
            throw new InvalidInputException(nameof(LeadField.Agent), FieldErrorCode.UnknownOption);
        }

        return RunAsync(
            actor,
            key,
            "HubSpot's agent taken",
            (_, _) => true,
            (db, recorder, person, row, _) =>
            {
                recorder.Transfer(db, row.Lead, person, reason);
                row.Lead.Attention &= ~Attention.UnknownAgent;
                return Task.CompletedTask;
            },
            progress,
            cancellationToken
        );
    }

    /// <summary>
    /// Has HubSpot told the agents here. They are sent like an edit; where HubSpot changed the agent meanwhile too, that is a
    /// conflict like any other.
    /// </summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="key">The way in which the leads differ.</param>
    /// <param name="progress">Hears how many are done, after every batch.</param>
    /// <param name="cancellationToken">Stops after the batch under way.</param>
    /// <returns>How many leads wait to be sent.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<int> TellOursAsync(
        Actor actor,
        AgentMismatchKey key,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        return RunAsync(
            actor,
            key,
            "our agent told to HubSpot",
            (comparison, deal) => comparison.CanTell(deal, key.Ours),
            (db, recorder, _, row, token) =>
                recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, row.Lead.Id, row.Lead.Id, token),
            progress,
            cancellationToken
        );
    }

    private async Task<int> RunAsync(
        Actor actor,
        AgentMismatchKey key,
        string what,
        Func<AgentComparison, RecordPair, bool> isPossible,
        Func<HubDbContext, LeadRecorder, HubUser?, Row, CancellationToken, Task> act,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        var groups = await GroupsAsync(key, cancellationToken);
        var (done, after) = (0, Guid.Empty);
        for (var isLast = groups.Count == 0; !isLast; )
        {
            var from = after;
            var batch = await database.InTransactionAsync(
                async (db, token) =>
                {
                    // Every write of the sync locks this row for reading: none comes between our reading and our writing.
                    await db
                        .Database.SqlQuery<long>($"SELECT fence AS \"Value\" FROM hubspot_account FOR UPDATE")
                        .ToListAsync(token);
                    var comparison = await AgentComparison.LoadAsync(db, token);
                    var rows = await RowsAsync(db, groups, key, from, token);
                    var still = rows.FindAll(row =>
                        comparison.KeyOf(row.Deal, row.Lead.AgentId) == key && isPossible(comparison, row.Deal)
                    );
                    var person = key.Theirs is { } id ? comparison.Directory.Find(id) : null;
                    var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
                    foreach (var row in still)
                    {
                        // HubSpot says so, and from here on that is what both last agreed on.
                        row.Sync.Agreed = new(row.Sync.Agreed) { [nameof(LeadField.Agent)] = key.Theirs?.ToString() };
                        await act(db, recorder, person, row, token);
                    }

                    await CloseAsync(db, actor, what, [.. still.Select(row => row.Lead.Id)], token);
                    return (Done: still.Count, Read: rows.Count, Last: rows.Count == 0 ? from : rows[^1].Lead.Id);
                },
                cancellationToken
            );
            (done, after, isLast) = (done + batch.Done, batch.Last, batch.Read < BatchSize);
            progress?.Report(done);
        }

        signal.Wake();
        return done;
    }

    private async Task<List<DealAgentGroup>> GroupsAsync(AgentMismatchKey key, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var comparison = await AgentComparison.LoadAsync(db, cancellationToken);
        return AgentMismatchQueries.Of(comparison, await DealAgents.GroupsAsync(db, cancellationToken), key);
    }

    private static Task<List<Row>> RowsAsync(
        HubDbContext db,
        List<DealAgentGroup> groups,
        AgentMismatchKey key,
        Guid after,
        CancellationToken cancellationToken
    )
    {
        var ids = DealAgents.LeadIds(db, groups, key.Ours);
        var rows =
            from lead in db.Leads
            join sync in db.LeadSyncs on lead.Id equals sync.LeadId
            where ids.Contains(lead.Id) && lead.Id > after
            orderby lead.Id
            select new Row(lead, sync);
        return rows.Take(BatchSize).ToListAsync(cancellationToken);
    }

    private async Task CloseAsync(
        HubDbContext db,
        Actor actor,
        string what,
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Count == 0)
        {
            return;
        }

        await db
            .SyncConflicts.Where(row =>
                leadIds.Contains(row.LeadId) && row.Field == nameof(LeadField.Agent) && row.SettledAt == null
            )
            .ExecuteUpdateAsync(
                row => row.SetProperty(conflict => conflict.SettledAt, time.GetUtcNow()),
                cancellationToken
            );
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.SettingChanged,
                actor,
                time,
                userId: null,
                ("setting", "agents of leads"),
                ("value", what),
                ("leads", leadIds.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
            )
        );

        // Other lists of the open pages stand by it too: what waits, conflicts, the pool.
        await db.NotifyRefreshAsync(cancellationToken);
    }

    private sealed record Row(Lead Lead, LeadSync Sync)
    {
        public RecordPair Deal => new(Sync.ContactSnapshot, Sync.DealSnapshot);
    }
}
