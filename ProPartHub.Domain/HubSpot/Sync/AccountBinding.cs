using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Binds the database to one HubSpot account for good: the ids it holds mean nothing in another account, and pushing
/// there would spread clients' data.
/// </summary>
internal sealed class AccountBinding(HubDatabase database, HubSpotClient client, SyncOptions options, TimeProvider time)
{
    // HubSpot counts calls over ten seconds; whoever held the lease before may have used them up.
    private static readonly TimeSpan LimitWindow = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the last holder's calls have left HubSpot's window, checks the account and raises the fence.
    /// </summary>
    /// <returns>The fence for this holder's writes.</returns>
    /// <exception cref="SyncRefusedException">It is another account, or the sandbox where a real one is expected.</exception>
    public async Task<long> BindAsync(CancellationToken cancellationToken)
    {
        await WaitForWindowAsync(cancellationToken);
        var account = await client.GetAccountAsync(HubSpotPriority.Interactive, cancellationToken);
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                var rows = await db
                    .HubSpotAccounts.FromSql($"SELECT * FROM hubspot_account FOR UPDATE")
                    .ToListAsync(token);
                var row = rows.SingleOrDefault();
                if (row is null)
                {
                    row = new HubSpotAccount
                    {
                        PortalId = account.PortalId,
                        IsSandbox = options.IsSandbox,
                        TimeZone = "UTC",
                        BoundAt = time.GetUtcNow(),

                        // Nothing is written to a real account before a person has seen what would be.
                        SwitchedOff = options.IsSandbox ? SyncPart.None : SyncPart.Outbound,
                    };
                    db.HubSpotAccounts.Add(row);
                }

                Check(row, account.PortalId);
                row.TimeZone = account.TimeZone ?? row.TimeZone;
                row.UiDomain = account.UiDomain;
                row.ReleasedAt = null;
                return ++row.Fence;
            },
            cancellationToken
        );
    }

    /// <summary>Notes that this holder makes no more calls, so that the next one need not guess.</summary>
    public Task ReleaseAsync(long fence, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
                db
                    .HubSpotAccounts.Where(row => row.Fence == fence)
                    .ExecuteUpdateAsync(row => row.SetProperty(account => account.ReleasedAt, time.GetUtcNow()), token),
            cancellationToken
        );

    private async Task WaitForWindowAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var last = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var wait = last is null
            ? TimeSpan.Zero
            : (last.ReleasedAt ?? time.GetUtcNow()) + LimitWindow - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LimitWindow ? wait : LimitWindow, time, cancellationToken);
        }
    }

    private void Check(HubSpotAccount row, long portalId)
    {
        if (row.IsSandbox != options.IsSandbox)
        {
            throw new SyncRefusedException(
                SyncFault.SandboxMismatch,
                row.IsSandbox
                    ? "The database is bound to the sandbox; a real HubSpot account needs a database of its own."
                    : "The database is bound to a real HubSpot account; the sandbox needs a database of its own."
            );
        }

        if (row.PortalId != portalId)
        {
            throw new SyncRefusedException(
                SyncFault.OtherAccount,
                $"The database is bound to HubSpot account {row.PortalId}; the token belongs to {portalId}."
            );
        }
    }
}
