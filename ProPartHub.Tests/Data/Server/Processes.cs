using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ProPartHub.Tests.Data.Server;

/// <summary>Signals to processes that a test started, for drills.</summary>
internal static class Processes
{
    public static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>A process that does nothing for a while.</summary>
    public static Process Sleep() => Process.Start("sleep", ["600"]);

    /// <summary>Waits until a process is gone; the test's own time-out is the limit.</summary>
    public static async Task WaitUntilGoneAsync(int processId)
    {
        while (Directory.Exists($"/proc/{processId}"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
