namespace ProPartHub.HubSpotSandbox;

/// <summary>Ends the sandbox with the process that started it, however that one ends: its end of the pipe closes.</summary>
internal static class ParentWatch
{
    public static void CancelWhenInputEnds(CancellationTokenSource stop)
    {
        // A thread of its own: reading standard input cannot be cancelled, and must not keep the process alive.
        var reader = new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
                // What the parent says does not matter, only that it is there.
            }

            stop.Cancel();
        })
        {
            IsBackground = true,
            Name = "Parent watch",
        };
        reader.Start();
    }
}
