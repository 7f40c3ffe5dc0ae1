using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Checks the account when an admin asked for it; only the holder of the lease may call HubSpot.</summary>
internal sealed class CheckStep(SyncSession session)
{
    /// <summary>Looks at the account and stores what it found; open pages show it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var check = new AccountCheck(session.Client, () => session.Monitor.Limiter);
        var findings = await check.RunAsync(cancellationToken);
        await session.WriteAsync(
            async (db, token) =>
            {
                var account = await db.HubSpotAccounts.FindAsync([1], token);
                (account!.CheckAskedAt, account.CheckedAt) = (null, session.Now);
                account.CheckFindings = [.. findings];
                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );
    }
}
