namespace ProPartHub.Web.Hosting;

/// <summary>
/// Makes the endpoints while the database is looked at, on another thread: the server would make them, and compile how each binds its
/// parameters, only when it begins to listen.
/// </summary>
internal sealed class EndpointWarmUp(EndpointDataSource endpoints) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // What is wrong with one of them is said by the server too, to whom it belongs.
        _ = Task.Run(() => endpoints.Endpoints.Count, cancellationToken);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
