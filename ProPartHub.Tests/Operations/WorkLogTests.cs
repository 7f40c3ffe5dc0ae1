using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Operations;

public sealed class WorkLogTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero));
    private readonly WorkLog _log;

    // They run until the process ends, and what they do is told elsewhere: the feed's state, the sync's, the status bar, the log.
    private static readonly string[] WithoutRuns =
    [
        nameof(FeedListener),
        nameof(SyncListener),
        "HubSpotSandboxProcess",
        "DatabaseStartup",
        "DatabaseWatch",
        "ClockWatch",
    ];

    public WorkLogTests() => _log = new(_time);

    [Fact]
    public void Expected_IsKnownBeforeItsFirstRun()
    {
        _log.Expect(BackgroundWork.FileSweep);

        var state = Assert.Single(_log.Read());
        Assert.Equal(
            (BackgroundWork.FileSweep, 0, false, false),
            (state.Work, state.Runs, state.IsRunning, state.IsFailing)
        );
        Assert.Null(state.BegunAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_BeginsALittleAfterTheStart_OrOnceThePortalStops(bool isStopped)
    {
        using var start = new WorkStart(_log, Options.Create(new HubOptions { WorkDelaySeconds = 3 }), _time);
        await start.StartingAsync(CancellationToken.None);
        var run = _log.RunAsync(BackgroundWork.Mails, () => Task.CompletedTask);
        await start.StartAsync(CancellationToken.None);
        await start.StartedAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(start.Begun.IsCompleted);
        Assert.Empty(_log.Read());

        if (isStopped)
        {
            await start.StoppingAsync(CancellationToken.None);
        }
        else
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        await run;
        Assert.Equal(1, _log.Read().Single().Runs);
    }

    [Fact]
    public async Task WhatPagesShow_WaitsForNothing()
    {
        _log.BeginAfter(new TaskCompletionSource().Task);

        await _log.RunAsync(BackgroundWork.LeadOptions, () => Task.CompletedTask);

        Assert.Equal(1, _log.Read().Single().Runs);
    }

    [Fact]
    public async Task Run_IsToldWhileItLasts_AndAfterwards()
    {
        using var probe = new MetricProbe();
        var begun = _time.GetUtcNow();
        var result = await _log.RunAsync(
            BackgroundWork.Mails,
            () =>
            {
                Assert.True(_log.Read().Single().IsRunning);
                _time.Advance(TimeSpan.FromSeconds(3));
                return Task.FromResult(7);
            }
        );

        Assert.Equal(7, result);
        var state = _log.Read().Single();
        Assert.Equal((begun, begun.AddSeconds(3)), (state.BegunAt, state.SucceededAt));
        Assert.Equal((TimeSpan.FromSeconds(3), false, 1, 0), (state.Took, state.IsRunning, state.Runs, state.Failures));
        Assert.Equal([3], probe.Of("propart.work.duration", "work=Mails", "outcome=done"));
    }

    [Fact]
    public async Task Failure_IsToldByItsKind_WithoutItsWords_UntilARunEndsWell()
    {
        using var probe = new MetricProbe();
        var fault = new PostgresException("olena@example.com is taken", "ERROR", "ERROR", "23505");
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _log.RunAsync(BackgroundWork.Mails, () => throw new InvalidOperationException("for olena", fault))
        );

        var state = _log.Read().Single();
        Assert.True(state.IsFailing);
        Assert.Equal(("PostgresException 23505", 1, false), (state.Fault, state.Failures, state.IsRunning));
        Assert.Equal([0], probe.Of("propart.work.duration", "work=Mails", "outcome=failed"));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _log.RunAsync(BackgroundWork.Mails, () => Task.CompletedTask);
        Assert.False(_log.Read().Single().IsFailing);
    }

    [Fact]
    public async Task EndOfTheProcess_IsNoFailure()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            _log.RunAsync(BackgroundWork.Mails, () => throw new OperationCanceledException())
        );

        var state = _log.Read().Single();
        Assert.False(state.IsFailing);
        Assert.False(state.IsRunning);
        Assert.Null(state.SucceededAt);
    }

    [Fact]
    public void EveryWorker_RunsThroughTheLog()
    {
        var workers = new[] { typeof(WorkLog).Assembly, typeof(HubApplication).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(BackgroundService)) && !type.IsAbstract)
            .ToList();

        Assert.True(workers.Count > 20);
        Assert.Equal(
            WithoutRuns.Order(),
            workers
                .Where(worker =>
                    !worker
                        .GetConstructors()
                        .Any(made => made.GetParameters().Any(given => given.ParameterType == typeof(WorkLog)))
                )
                .Select(worker => worker.Name)
                .Order()
        );
    }
}
