using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>
/// Carries acts upon many leads out, a batch in a transaction. The act's row is locked for that long and rows that another
/// instance has locked are skipped: several instances share the work, no lead is changed twice, and a process that dies
/// leaves everything as it was before its batch.
/// </summary>
public sealed partial class BulkRunner(
    HubDatabase database,
    IServiceScopeFactory scopes,
    RefusalLog refusals,
    BulkSignal signal,
    WorkLog work,
    TimeProvider time,
    ILogger<BulkRunner> logger
) : BackgroundService
{
    /// <summary>Leads of a batch. More events than <see cref="HubDatabase.LargestFanOut"/> become one "read again".</summary>
    public const int BatchSize = 100;

    private const int MostFailures = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>Carries out one batch of the act that has waited longest.</summary>
    /// <returns>False when nothing is due.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        var taken = Guid.Empty;
        await using var scope = scopes.CreateAsyncScope();
        var leads = scope.ServiceProvider.GetRequiredService<LeadService>();
        try
        {
            await database.InTransactionAsync(
                async (db, token) =>
                {
                    var now = time.GetUtcNow();
                    var act = await db
                        .BulkActs.FromSql(
                            $"""
                            SELECT * FROM bulk_acts WHERE finished_at IS NULL AND due_at <= {now}
                            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
                            """
                        )
                        .SingleOrDefaultAsync(token);
                    taken = act?.Id ?? Guid.Empty;
                    if (act is not null)
                    {
                        await RunBatchAsync(db, leads, act, token);
                    }
                },
                cancellationToken
            );
        }
        catch (Exception failure) when (taken != Guid.Empty && !cancellationToken.IsCancellationRequested)
        {
            LogFailure(taken, failure);
            await PutOffAsync(taken, cancellationToken);
        }

        return taken != Guid.Empty;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work.RunAsync(
                    BackgroundWork.BulkActs,
                    async () =>
                    {
                        while (await RunNextAsync(stoppingToken)) { }

                        await ForgetAsync(stoppingToken);
                    }
                );
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnreadable(failure);
            }

            await signal.WaitAsync(stoppingToken);
        }
    }

    private async Task RunBatchAsync(
        HubDbContext db,
        LeadService leads,
        BulkAct act,
        CancellationToken cancellationToken
    )
    {
        // As the person is now: who was moved to another team or switched off meanwhile has the rights of now.
        var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == act.ActorId, cancellationToken);
        var actor = user.ToActor(act.Address) with { Refusals = refusals };
        if (act.StopAskedAt is not null || !user.IsActive)
        {
            Finish(db, act, actor);
            return;
        }

        var members = await db
            .BulkMembers.Where(row => row.ActId == act.Id && row.Outcome == BulkOutcome.Waiting)
            .OrderBy(row => row.LeadId)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        await (
            act.UndoOfId is { } doneId
                ? UndoAsync(db, leads, actor, doneId, members, cancellationToken)
                : DoAsync(db, leads, actor, act, members, cancellationToken)
        );

        // The database numbers the events as they are saved.
        await db.SaveChangesAsync(cancellationToken);
        var events = db.ChangeTracker.Entries<LeadEvent>().ToLookup(row => row.Entity.LeadId, row => row.Entity.Id);
        foreach (var member in members)
        {
            member.EventId = events[member.LeadId].Select(id => (long?)id).Max();
        }

        act.Processed += members.Count;
        act.Changed += members.Count(member => member.Outcome is BulkOutcome.Changed);
        act.Refused += members.Count(member => member.Outcome is BulkOutcome.Refused);
        (act.DueAt, act.Failures) = (time.GetUtcNow(), 0);
        if (members.Count < BatchSize || act.Processed >= act.Total)
        {
            Finish(db, act, actor);
        }
    }

    private static async Task DoAsync(
        HubDbContext db,
        LeadService leads,
        Actor actor,
        BulkAct act,
        List<BulkMember> members,
        CancellationToken cancellationToken
    )
    {
        foreach (var member in members)
        {
            await leads.DoAsync(db, actor, act, member, cancellationToken);
        }
    }

    private static async Task UndoAsync(
        HubDbContext db,
        LeadService leads,
        Actor actor,
        Guid doneId,
        List<BulkMember> members,
        CancellationToken cancellationToken
    )
    {
        var done = await db.BulkActs.AsNoTracking().SingleAsync(act => act.Id == doneId, cancellationToken);
        var ids = members.ConvertAll(member => member.LeadId);
        var before = await db
            .BulkMembers.AsNoTracking()
            .Where(row => row.ActId == doneId && ids.Contains(row.LeadId))
            .ToDictionaryAsync(row => row.LeadId, cancellationToken);
        foreach (var member in members)
        {
            await leads.UndoAsync(db, actor, done, before[member.LeadId], member, cancellationToken);
        }
    }

    private void Finish(HubDbContext db, BulkAct act, Actor actor)
    {
        act.FinishedAt = time.GetUtcNow();
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.BulkActEnded,
                actor,
                time,
                null,
                ("bulk", act.Id.ToString()),
                ("act", act.Kind.ToString()),
                ("leads", Written(act.Total)),
                ("changed", Written(act.Changed)),
                ("refused", Written(act.Refused)),
                ("not reached", Written(act.Total - act.Processed))
            )
        );
    }

    // A batch that fails again and again must not keep the others waiting for ever.
    private Task PutOffAsync(Guid actId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var act = await db.BulkActs.SingleAsync(row => row.Id == actId, token);
                act.Failures++;
                act.DueAt = time.GetUtcNow() + (Pause * act.Failures);
                if (act.Failures >= MostFailures)
                {
                    var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == act.ActorId, token);
                    Finish(db, act, user.ToActor(act.Address));
                }
            },
            cancellationToken
        );

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var before = time.GetUtcNow() - BulkAct.Keep;
        await db.BulkActs.Where(act => act.FinishedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Written(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Error, "A batch of the act {Act} upon many leads failed; it is tried again")]
    private partial void LogFailure(Guid act, Exception failure);

    [LoggerMessage(LogLevel.Error, "Acts upon many leads could not be read; trying again in a moment")]
    private partial void LogUnreadable(Exception failure);
}
