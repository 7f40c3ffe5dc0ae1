using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Lets background work begin once the portal answers requests: some twenty workers with their first queries at once would
/// hold up the first page.
/// </summary>
internal sealed class WorkStart(WorkLog work) : IHostedLifecycleService
{
    private readonly TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        work.BeginAfter(_answers.Task);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => LetAsync();

    // Stopped before it had started: who waits must see that it is over.
    public Task StoppingAsync(CancellationToken cancellationToken) => LetAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task LetAsync()
    {
        _answers.TrySetResult();
        return Task.CompletedTask;
    }
}
