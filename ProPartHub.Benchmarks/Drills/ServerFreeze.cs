using System.Diagnostics;
using System.Globalization;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>
/// Freezes a PostgreSQL server with all its processes, as a machine does that hangs: connections stay open, and nobody answers.
/// On Linux alone.
/// </summary>
public static class ServerFreeze
{
    /// <summary>Freezes the server; the process that would start others comes first.</summary>
    /// <param name="main">Id of its main process.</param>
    public static async Task BeginAsync(int main)
    {
        await SignalAsync("STOP", main);
        foreach (var child in Children(main))
        {
            await SignalAsync("STOP", child);
        }
    }

    /// <summary>Lets it go on with what it was asked meanwhile.</summary>
    /// <param name="main">Id of its main process.</param>
    public static async Task EndAsync(int main)
    {
        foreach (var child in Children(main))
        {
            await SignalAsync("CONT", child);
        }

        await SignalAsync("CONT", main);
    }

    private static List<int> Children(int main)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ParentOf(id) == main.ToString(CultureInfo.InvariantCulture)
            )
            {
                children.Add(id);
            }
        }

        return children;
    }

    // "id (name) state parent …", where the name may hold anything.
    private static string? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    // A child that has ended meanwhile needs no signal.
    private static async Task SignalAsync(string signal, int process)
    {
        var start = new ProcessStartInfo("kill", ["-s", signal, process.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        };
        using var kill = Process.Start(start)!;
        await kill.WaitForExitAsync();
    }
}
