using System.Diagnostics;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>A disk of a few megabytes in memory, which can be filled up and given room again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Folder { get; }

    private string Filling => Path.Combine(Folder, "filling");

    /// <summary>Mounts one; where the machine does not allow that, the test is skipped.</summary>
    /// <param name="megabytes">Its size.</param>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("hub-small-disk-").FullName;
        var (code, words) = await RunAsync(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            $"size={megabytes}m,mode=0755",
            "hub-drill",
            folder
        );
        if (code != 0)
        {
            Directory.Delete(folder);
            Assert.Skip($"This machine allows no mounts, so no disk can be filled: {words.Trim()}");
        }

        return new(folder);
    }

    /// <summary>A folder on it for PostgreSQL alone.</summary>
    public async Task<string> FolderOfPostgresAsync(string like)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "database")).FullName;
        await RunAsync("chown", $"--reference={like}", folder);
        return folder;
    }

    /// <summary>Takes the last byte of it.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        // In ever smaller pieces: what does not fit whole is refused whole.
        foreach (var piece in new[] { 1024 * 1024, 4096, 1 })
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[piece]);
                }
            }
            catch (IOException)
            {
                // No room for another one.
            }
        }
    }

    /// <summary>Gives all of that room back.</summary>
    public void Empty() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<(int Code, string Words)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            var words = await process.StandardError.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            return (process.ExitCode, words);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (1, missing.Message);
        }
    }
}
