using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Makes what is measured as an operator would deliver it.</summary>
internal static class PublishedApp
{
    /// <summary>The portal, published from this checkout.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The assembly to start.</returns>
    public static Task<string> PortalAsync(string folder, CancellationToken cancellationToken)
    {
        // …/ProPartHub.Benchmarks/bin/Release/net10.0
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
        return PublishAsync(Path.Combine(root, "ProPartHub.Web", "ProPartHub.Web.csproj"), folder, cancellationToken);
    }

    /// <summary>Publishes a project for release, for this machine's processor as docs/deployment.md does.</summary>
    /// <returns>The assembly to start.</returns>
    public static async Task<string> PublishAsync(string project, string folder, CancellationToken cancellationToken)
    {
        await DotnetAsync(
            [
                "publish",
                project,
                "-c",
                "Release",
                "--runtime",
                RuntimeInformation.RuntimeIdentifier,
                "--no-self-contained",
                "-o",
                folder,
                "-v",
                "q",
            ],
            cancellationToken
        );
        return Path.Combine(folder, Path.GetFileNameWithoutExtension(project) + ".dll");
    }

    /// <summary>Runs the SDK.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static async Task DotnetAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {arguments[0]} failed:\n{await output}\n{await errors}");
        }
    }
}
