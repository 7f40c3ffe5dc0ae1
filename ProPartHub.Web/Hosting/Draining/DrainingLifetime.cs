using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting.Systemd;

namespace ProPartHub.Web.Hosting.Draining;

/// <summary>
/// Listens for the signals that end a process, in place of the host's own console lifetime: that one would have SignalR close
/// every circuit in the moment of the signal. The second signal ends the drain.
/// </summary>
internal sealed partial class DrainingLifetime(
    CircuitDrain drain,
    IHostApplicationLifetime application,
    IEnumerable<ISystemdNotifier> supervisors,
    ILogger<DrainingLifetime> logger
) : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        application.ApplicationStarted.Register(() =>
        {
            LogStarted();
            Tell(ServiceState.Ready);
        });
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _hurry.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
        {
            _ = DrainAsync();
        }
        else
        {
            _hurry.Cancel();
        }
    }

    private void Tell(ServiceState state)
    {
        foreach (var supervisor in supervisors)
        {
            supervisor.Notify(state);
        }
    }

    private async Task DrainAsync()
    {
        Tell(ServiceState.Stopping);
        try
        {
            await drain.RunAsync(_hurry.Token);
        }
        catch (Exception fault)
        {
            // Whatever it was: a process that was asked to stop stops.
            LogFault(fault);
        }

        application.StopApplication();
    }

    [LoggerMessage(LogLevel.Information, "Everything has started")]
    private partial void LogStarted();

    [LoggerMessage(LogLevel.Error, "Pages could not be told to go over; stopping without")]
    private partial void LogFault(Exception fault);
}
