using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Live;
using ProPartHub.HubSpotSandbox;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>The real portal as a process of its own, connected with a sandbox in this one, its first import done.</summary>
internal sealed class ConnectedPortal : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private ConnectedPortal(SandboxHost sandbox, ScratchHub hub, PortalProcess process) =>
        (Sandbox, Hub, Process) = (sandbox, hub, process);

    public SandboxHost Sandbox { get; }

    /// <summary>The portal's database.</summary>
    public ScratchHub Hub { get; }

    public PortalProcess Process { get; }

    /// <summary>Where HubSpot sends webhooks.</summary>
    public Uri WebhookAddress => WebhookAddressOf(Process.Address);

    /// <param name="assembly">A published portal, or null for the one built beside this.</param>
    /// <param name="deals">Deals in the account.</param>
    /// <param name="clock">Sees the commits that this process makes in the portal's database.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ConnectedPortal> StartAsync(
        string? assembly,
        int deals,
        CommitClock clock,
        CancellationToken cancellationToken
    )
    {
        var sandbox = await Account.StartAsync(deals, isLimited: true, cancellationToken);
        var hub = await ScratchHub.StartAsync(clock, cancellationToken);
        var process = await PortalProcess.StartAsync(
            assembly,
            hub.ConnectionString,
            cancellationToken,
            address => new Dictionary<string, string>
            {
                ["HubSpot__BaseAddress"] = sandbox.BaseAddress.ToString(),
                ["HubSpot__AccessToken"] = sandbox.Account.Options.AccessToken,
                ["HubSpot__ClientSecret"] = sandbox.Account.Options.ClientSecret,
                ["HubSpot__WebhookPublicUrl"] = WebhookAddressOf(address).OriginalString,
                ["HubSpot__Sync__IsSandbox"] = bool.TrueString,
            }
        );
        var portal = new ConnectedPortal(sandbox, hub, process);
        while (!await FirstImport.IsDoneAsync(hub, cancellationToken))
        {
            await Task.Delay(Look, cancellationToken);
        }

        return portal;
    }

    /// <summary>Waits until the sync has acted on every stored webhook event.</summary>
    public async Task UntilQuietAsync(CancellationToken cancellationToken)
    {
        while (await HasWaitingAsync(cancellationToken))
        {
            await Task.Delay(Look / 10, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Hub.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private static Uri WebhookAddressOf(Uri portal) => new(portal, "/webhooks/hubspot");

    private async Task<bool> HasWaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await Hub.OpenAsync(cancellationToken);
        return await db.WebhookEvents.AnyAsync(entry => entry.ProcessedAt == null, cancellationToken);
    }
}
