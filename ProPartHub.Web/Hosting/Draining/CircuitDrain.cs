using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting.Draining;

/// <summary>
/// The last seconds of an instance that was asked to stop: it is not ready any more, so that proxies send nobody here, and each
/// open page is told to go over to another instance, one after the other, so that they do not all come there at once.
/// Everything is still answered meanwhile.
/// </summary>
internal sealed partial class CircuitDrain(
    IOptions<HubOptions> options,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<CircuitDrain> logger
)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, Func<TimeSpan, Task>> _pages = [];
    private TaskCompletionSource _changed = New();
    private DateTimeOffset? _endsAt;

    /// <summary>True from when the instance was asked to stop.</summary>
    public bool IsDraining
    {
        get
        {
            lock (_gate)
            {
                return _endsAt is not null;
            }
        }
    }

    /// <summary>How long it takes at most.</summary>
    private TimeSpan Limit =>
        TimeSpan.FromSeconds(
            options.Value.DrainSeconds
                ?? (environment.IsDevelopment() ? HubOptions.DevelopmentDrain : HubOptions.DefaultDrain)
        );

    /// <summary>A page is connected. One that comes during the drain is told at once.</summary>
    /// <param name="page">What stands for it.</param>
    /// <param name="tell">Tells it to go over within a time; must not fail.</param>
    public void Opened(object page, Func<TimeSpan, Task> tell)
    {
        DateTimeOffset? endsAt;
        lock (_gate)
        {
            _pages[page] = tell;
            endsAt = _endsAt;
        }

        if (endsAt is { } end)
        {
            _ = tell(Left(end));
        }
    }

    /// <summary>A page is not connected any more.</summary>
    public void Closed(object page)
    {
        lock (_gate)
        {
            if (_pages.Remove(page) && _pages.Count == 0)
            {
                _changed.TrySetResult();
            }
        }
    }

    /// <summary>Drains; ends when no page is left or the time is up.</summary>
    /// <param name="hurry">Ends it at once.</param>
    public async Task RunAsync(CancellationToken hurry)
    {
        var limit = Limit;
        if (limit <= TimeSpan.Zero)
        {
            return;
        }

        DateTimeOffset end;
        lock (_gate)
        {
            _endsAt = end = time.GetUtcNow() + limit;
        }

        try
        {
            // A quarter for proxies to notice, a half for the pages to be told, and the rest for those that take long.
            await Task.Delay(limit / 4, time, hurry);
            await TellAllAsync(end, limit / 2, hurry);
            await UntilEmptyAsync(end, hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            // Whoever asks twice does not want to wait.
        }

        LogDrained(Count());
    }

    private async Task TellAllAsync(DateTimeOffset end, TimeSpan window, CancellationToken hurry)
    {
        KeyValuePair<object, Func<TimeSpan, Task>>[] pages;
        lock (_gate)
        {
            pages = [.. _pages];
        }

        LogDraining(pages.Length, end - time.GetUtcNow());
        var slot = TimeSpan.Zero;
        foreach (var (page, tell) in pages)
        {
            // Whoever has left by itself takes no time.
            if (IsOpen(page))
            {
                await Task.Delay(slot, time, hurry);
                slot = window / pages.Length;
                _ = tell(Left(end));
            }
        }
    }

    private async Task UntilEmptyAsync(DateTimeOffset end, CancellationToken hurry)
    {
        while (end - time.GetUtcNow() is { Ticks: > 0 } rest)
        {
            Task changed;
            lock (_gate)
            {
                if (_pages.Count == 0)
                {
                    return;
                }

                _changed = New();
                changed = _changed.Task;
            }

            await Task.WhenAny(changed, Task.Delay(rest, time, hurry));
            hurry.ThrowIfCancellationRequested();
        }
    }

    private bool IsOpen(object page)
    {
        lock (_gate)
        {
            return _pages.ContainsKey(page);
        }
    }

    private int Count()
    {
        lock (_gate)
        {
            return _pages.Count;
        }
    }

    // The last moment is the instance's own: a page that waits for it would be cut off.
    private TimeSpan Left(DateTimeOffset end) => (end - time.GetUtcNow()) * 0.9;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Information, "Stopping: {Pages} open pages are told to go over within {Left}")]
    private partial void LogDraining(int pages, TimeSpan left);

    [LoggerMessage(LogLevel.Information, "Stopping: {Pages} pages are still open")]
    private partial void LogDrained(int pages);
}
