using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>
/// Tells every instance, this one too, who has which lead open here: at once when something changes, and all of it each
/// <see cref="Beat"/>. However many pages are open and whatever is typed, that is two commands in <see cref="Window"/> at
/// most. Nothing is stored.
/// </summary>
public sealed partial class PresenceAnnouncer(
    HubDatabase database,
    PresenceVisits visits,
    WorkLog work,
    TimeProvider time,
    ILogger<PresenceAnnouncer> logger
) : BackgroundService
{
    /// <summary>How often each open page is told of though nothing changed; a third of what it lives without.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Least time between two announcements of this process.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // An update of the portal must not leave people standing on leads for the rest of their time.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(FarewellLimit);
        await TryAsync(() =>
            TellAsync(
                [
                    .. visits.Left().Select(Goodbye),
                    .. visits.Open.Where(visit => visit.IsKnown).Select(visit => Goodbye(visit.Id)),
                ],
                limit.Token
            )
        );
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beatAt = time.Steady() + Beat;
        try
        {
            while (true)
            {
                await visits.Wakes.WaitAsync(Pause(beatAt), time, stoppingToken);
                var isBeat = time.Steady() >= beatAt;
                if (isBeat)
                {
                    beatAt = time.Steady() + Beat;
                }

                await TryAsync(() =>
                    work.RunAsync(BackgroundWork.Presence, () => AnnounceAsync(isBeat, stoppingToken))
                );
                await Task.Delay(Window, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private TimeSpan Pause(TimeSpan beatAt)
    {
        var pause = (visits.NextEnd() is { } end && end < beatAt ? end : beatAt) - time.Steady();
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    private async Task AnnounceAsync(bool isBeat, CancellationToken cancellationToken)
    {
        var left = visits.Left();
        var due = visits
            .Open.Select(visit => (Visit: visit, State: visit.Due(isBeat)))
            .Where(entry => entry.State is not null)
            .ToList();
        if (left.Count == 0 && due.Count == 0)
        {
            return;
        }

        var leads = await AssignmentsAsync([.. due.Select(entry => entry.Visit.LeadId).Distinct()], cancellationToken);
        var notes = left.Select(Goodbye).ToList();
        var said = new List<(PresenceVisit Visit, PresenceState? State)>();
        foreach (var (visit, state) in due)
        {
            // As the lead stands now: whoever may no longer see it is no longer there.
            if (leads.TryGetValue(visit.LeadId, out var lead) && visit.Actor.CanSee(lead.AgentId, lead.TeamId))
            {
                notes.Add(Note(visit, state!, lead.AgentId, lead.TeamId));
                said.Add((visit, state));
            }
            else if (visit.IsKnown)
            {
                notes.Add(Goodbye(visit.Id));
                said.Add((visit, null));
            }
        }

        await TellAsync(notes, cancellationToken);
        visits.Forget(left.Count);
        said.ForEach(entry => entry.Visit.Announced(entry.State));
    }

    private async Task<Dictionary<Guid, (Guid? AgentId, Guid? TeamId)>> AssignmentsAsync(
        Guid[] leadIds,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Length == 0)
        {
            return [];
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Leads.Where(lead => leadIds.Contains(lead.Id))
            .Select(lead => new
            {
                lead.Id,
                lead.AgentId,
                lead.TeamId,
            })
            .ToDictionaryAsync(lead => lead.Id, lead => (lead.AgentId, lead.TeamId), cancellationToken);
    }

    private async Task TellAsync(List<PresenceNote> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }

        string[] payloads = [.. PresenceNote.Payloads(notes)];
        await using var db = await database.ReadAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_notify({PresenceNote.Channel}, payload) FROM unnest({payloads}) AS payload",
            cancellationToken
        );
    }

    // What could not be said is said at the next beat, or forgotten by all when that fails for long.
    private async Task TryAsync(Func<Task> announce)
    {
        try
        {
            await announce();
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogSilent(exception);
        }
    }

    private static PresenceNote Goodbye(Guid visitId) => new() { VisitId = visitId, IsGone = true };

    private static PresenceNote Note(PresenceVisit visit, PresenceState state, Guid? agentId, Guid? teamId) =>
        new()
        {
            VisitId = visit.Id,
            LeadId = visit.LeadId,
            UserId = visit.Actor.UserId,
            AgentId = agentId,
            TeamId = teamId,
            Activity = state.Activity,
            Field = state.Field,
        };

    [LoggerMessage(LogLevel.Debug, "Nobody was told who has which lead open; the next try is at the next beat")]
    private partial void LogSilent(Exception exception);
}
