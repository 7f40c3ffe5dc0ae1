using Microsoft.Extensions.Options;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Lets background work begin a little after the portal answers requests: some twenty workers with their first queries at once
/// would hold up the first pages.
/// </summary>
internal sealed class WorkStart(WorkLog work, IOptions<HubOptions> options, TimeProvider time)
    : IHostedLifecycleService,
        IDisposable
{
    private readonly TaskCompletionSource _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Done once work may begin.</summary>
    internal Task Begun => _start.Task;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        work.BeginAfter(_start.Task);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = LetAsync();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Who waits to begin must see that it is over.
        _stopping.Cancel();
        _start.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task LetAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Value.WorkDelaySeconds), time, _stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _start.TrySetResult();
    }
}
