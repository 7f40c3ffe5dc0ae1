using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Hosting.Draining;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting.Draining;

/// <summary>An instance that was asked to stop sends its pages away one after the other, and waits for them.</summary>
public sealed class CircuitDrainTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new();
    private readonly List<(object Page, TimeSpan At, TimeSpan Left)> _told = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_AreToldOneAfterTheOther_AfterProxiesHadTime_AndWithinTheDrain()
    {
        var drain = Drain(20);
        object[] pages = [1, 2, 3, 4];
        Open(drain, pages);

        var running = drain.RunAsync(Token);
        await AdvanceAsync(TimeSpan.FromSeconds(20), running);

        Assert.True(running.IsCompletedSuccessfully);
        Assert.Equal(pages, _told.Select(one => one.Page).Order());
        // A busy machine may be late, never early.
        Assert.All(_told.Zip([5, 7.5, 10, 12.5]), one => Assert.True(one.First.At.TotalSeconds >= one.Second));
        Assert.All(_told, one => Assert.True(one.At + one.Left < TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task LastPageGone_EndsTheDrain()
    {
        var drain = Drain(20);
        Open(drain, 1, 2);

        var running = drain.RunAsync(Token);
        await AdvanceAsync(TimeSpan.FromSeconds(15), running);
        drain.Closed(1);
        Assert.False(running.IsCompleted);
        drain.Closed(2);

        await running.WaitAsync(Token);
    }

    [Fact]
    public async Task PageThatLeftByItself_IsNotTold_AndKeepsNobodyWaiting()
    {
        var drain = Drain(20);
        Open(drain, 1, 2);
        var running = drain.RunAsync(Token);
        drain.Closed(1);

        await AdvanceAsync(TimeSpan.FromSeconds(20), running);

        Assert.Equal([2], _told.Select(one => one.Page));
    }

    [Fact]
    public async Task PageThatComesDuringTheDrain_IsToldAtOnce()
    {
        var drain = Drain(20);
        var running = drain.RunAsync(Token);
        await AdvanceAsync(TimeSpan.FromSeconds(2), running);

        Open(drain, 1);

        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(_told).At);
    }

    [Fact]
    public async Task NobodyThere_TheProxiesStillHaveTheirTime()
    {
        var drain = Drain(20);
        var running = drain.RunAsync(Token);

        await AdvanceAsync(TimeSpan.FromSeconds(4.9), running);
        Assert.False(running.IsCompleted);
        _time.Advance(Step);

        await running.WaitAsync(Token);
    }

    [Fact]
    public async Task SecondSignal_EndsItAtOnce()
    {
        var drain = Drain(20);
        Open(drain, 1);
        using var hurry = new CancellationTokenSource();
        var running = drain.RunAsync(hurry.Token);

        await hurry.CancelAsync();

        await running.WaitAsync(Token);
    }

    [Fact]
    public async Task WithoutADrain_NobodyIsTold_AndItEndsAtOnce()
    {
        var drain = Drain(0);
        Open(drain, 1);

        await drain.RunAsync(Token);

        Assert.Empty(_told);
        Assert.False(drain.IsDraining);
    }

    [Fact]
    public async Task Draining_IsNotReady_AndAnswersEverythingElse()
    {
        await using var hub = new HubServer();
        using var client = hub.Open();
        using var hurry = new CancellationTokenSource();
        var running = hub.Services.GetRequiredService<CircuitDrain>().RunAsync(hurry.Token);

        using var ready = await client.GetAsync("/health/ready", Token);
        using var live = await client.GetAsync("/health/live", Token);
        using var circuit = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token);
        await hurry.CancelAsync();
        await running;

        Assert.Contains("\"stopping\",\"status\":\"Unhealthy\"", await ready.Content.ReadAsStringAsync(Token));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [live.StatusCode, circuit.StatusCode]);
        Assert.Equal(HubBuild.Id, Assert.Single(live.Headers.GetValues(HubBuild.Header)));
    }

    private CircuitDrain Drain(int seconds) =>
        new(
            Options.Create(new HubOptions { DrainSeconds = seconds }),
            new HostingEnvironment { EnvironmentName = "Production" },
            _time,
            NullLogger<CircuitDrain>.Instance
        );

    private void Open(CircuitDrain drain, params object[] pages)
    {
        var start = _time.Start;
        foreach (var page in pages)
        {
            drain.Opened(
                page,
                left =>
                {
                    _told.Add((page, _time.GetUtcNow() - start, left));
                    return Task.CompletedTask;
                }
            );
        }
    }

    // In small steps, each after what the last one set off has come to rest.
    private async Task AdvanceAsync(TimeSpan span, Task running)
    {
        for (var gone = TimeSpan.Zero; gone < span && !running.IsCompleted; gone += Step)
        {
            _time.Advance(Step);
            await Task.Delay(1, Token);
        }
    }
}
