using System.Data.Common;
using System.Diagnostics;

namespace ProPartHub.Domain.Telemetry;

/// <summary>What one kind of background work did last in this process. Times are UTC.</summary>
/// <param name="Work">Which.</param>
/// <param name="BegunAt">When the last run began; null before the first.</param>
/// <param name="IsRunning">True while one is under way.</param>
/// <param name="SucceededAt">When one last ended well.</param>
/// <param name="Took">How long that one took.</param>
/// <param name="FailedAt">When one last failed.</param>
/// <param name="Fault">Of what: kind of the fault, without its words, which may hold personal data; the log has those.</param>
/// <param name="Runs">Runs since the process started.</param>
/// <param name="Failures">Failed ones among them.</param>
public sealed record WorkState(
    BackgroundWork Work,
    DateTimeOffset? BegunAt = null,
    bool IsRunning = false,
    DateTimeOffset? SucceededAt = null,
    TimeSpan? Took = null,
    DateTimeOffset? FailedAt = null,
    string? Fault = null,
    int Runs = 0,
    int Failures = 0
)
{
    /// <summary>True where the last run that ended failed.</summary>
    public bool IsFailing => FailedAt is { } failed && !(SucceededAt >= failed);
}

/// <summary>
/// What the hub's background work did last, in memory: every worker runs through it, so that admins, metrics and traces tell
/// the same. One for the process; safe to call from any thread.
/// </summary>
public sealed class WorkLog(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<BackgroundWork, WorkState> _states = [];
    private Task _start = Task.CompletedTask;

    /// <summary>How every work that has begun in this process stands, in the order of <see cref="BackgroundWork"/>.</summary>
    public IReadOnlyList<WorkState> Read()
    {
        lock (_gate)
        {
            return [.. _states.Values];
        }
    }

    /// <summary>Makes a work known before its first run, which may be hours away.</summary>
    public void Expect(BackgroundWork work) => Change(work, state => state);

    /// <summary>
    /// Has every run that is asked for from now on wait until the task is done, but for what pages and probes show; it must not
    /// fail.
    /// </summary>
    public void BeginAfter(Task start) => _start = start;

    /// <summary>Runs the work and takes down how it went.</summary>
    /// <exception cref="Exception">Whatever <paramref name="act"/> throws.</exception>
    public Task RunAsync(BackgroundWork work, Func<Task> act) =>
        RunAsync(
            work,
            async () =>
            {
                await act();
                return true;
            }
        );

    /// <inheritdoc cref="RunAsync(BackgroundWork, Func{Task})"/>
    /// <returns>What <paramref name="act"/> returned.</returns>
    public async Task<T> RunAsync<T>(BackgroundWork work, Func<Task<T>> act)
    {
        if (!IsShown(work))
        {
            await _start;
        }

        using var activity = IsQuiet(work) ? null : HubTelemetry.Activities.StartActivity($"work {work}");
        var begun = time.GetTimestamp();
        Change(work, state => state with { BegunAt = time.GetUtcNow(), IsRunning = true, Runs = state.Runs + 1 });
        try
        {
            var result = await act();
            var took = time.GetElapsedTime(begun);
            Change(work, state => state with { IsRunning = false, SucceededAt = time.GetUtcNow(), Took = took });
            Measure(work, took, "done");
            return result;
        }
        catch (OperationCanceledException)
        {
            // The process ends, or what it waited for is no longer wanted: neither done nor failed.
            Change(work, state => state with { IsRunning = false });
            throw;
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, KindOf(failure));
            Change(
                work,
                state =>
                    state with
                    {
                        IsRunning = false,
                        FailedAt = time.GetUtcNow(),
                        Fault = KindOf(failure),
                        Failures = state.Failures + 1,
                    }
            );
            Measure(work, time.GetElapsedTime(begun), "failed");
            throw;
        }
    }

    // Without its first run a page would offer or say what is not so.
    private static bool IsShown(BackgroundWork work) =>
        work
            is BackgroundWork.LeadOptions
                or BackgroundWork.Verifications
                or BackgroundWork.PointsSwitch
                or BackgroundWork.Operations;

    // Run every second or oftener: their traces would bury all others.
    private static bool IsQuiet(BackgroundWork work) => work is BackgroundWork.Sync or BackgroundWork.Presence;

    private static void Measure(BackgroundWork work, TimeSpan took, string outcome) =>
        HubMetrics.Work.Record(
            took.TotalSeconds,
            new("work", work.ToString()),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    private static string KindOf(Exception failure) =>
        failure.GetBaseException() switch
        {
            DbException { SqlState: { } state } inner => $"{inner.GetType().Name} {state}",
            var inner => inner.GetType().Name,
        };

    private void Change(BackgroundWork work, Func<WorkState, WorkState> change)
    {
        lock (_gate)
        {
            _states[work] = change(_states.GetValueOrDefault(work) ?? new WorkState(work));
        }
    }
}
