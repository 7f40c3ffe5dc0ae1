using System.Numerics;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Turns parts of the exchange with HubSpot off and on.</summary>
public sealed class SyncSwitches(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>All parts, in the order in which people read them.</summary>
    public static IReadOnlyList<SyncPart> All { get; } =
    [
        SyncPart.Inbound,
        SyncPart.Outbound,
        SyncPart.Contacts,
        SyncPart.Deals,
        SyncPart.Notes,
        SyncPart.Tasks,
        SyncPart.ContactMirror,
    ];

    /// <summary>
    /// Turns a part off or on, within a second or two. Nothing is lost meanwhile: what the portal's people change waits;
    /// what HubSpot's people change is found by a comparison of everything that begins when the part is turned on.
    /// </summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">No HubSpot account has been connected yet.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not exactly one part.</exception>
    public async Task SetAsync(Actor actor, SyncPart part, bool isOn, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        if (BitOperations.PopCount((uint)part) != 1 || !Enum.IsDefined(part))
        {
            throw new ArgumentOutOfRangeException(nameof(part), part, "Exactly one part is turned at a time.");
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                var account =
                    await db
                        .HubSpotAccounts.FromSql($"SELECT * FROM hubspot_account FOR UPDATE")
                        .SingleOrDefaultAsync(token)
                    ?? throw new NotFoundException("HubSpot account");
                var wasOn = !account.SwitchedOff.HasFlag(part);
                if (wasOn == isOn)
                {
                    return;
                }

                account.SwitchedOff ^= part;
                db.SecurityEvents.Add(
                    SecurityLog.Setting(actor, time, null, $"HubSpot sync: {part}", Word(wasOn), Word(isOn))
                );
                if (isOn)
                {
                    await MakeDueAsync(db, part, token);
                }

                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );
        signal.Wake();
    }

    private async Task MakeDueAsync(HubDbContext db, SyncPart part, CancellationToken cancellationToken)
    {
        if (ContactMirrorStep.Parts.HasFlag(part))
        {
            await ContactMirrorStep.RequestAsync(db, cancellationToken);
        }

        if (part is SyncPart.ContactMirror)
        {
            return;
        }

        var now = time.GetUtcNow();
        await db
            .Outbox.Where(entry => entry.ParkedAt == null && entry.DueAt > now)
            .ExecuteUpdateAsync(entry => entry.SetProperty(row => row.DueAt, now), cancellationToken);
        if (part is not SyncPart.Outbound)
        {
            await CompareStep.RequestAsync(db, cancellationToken);
        }
    }

    private static string Word(bool isOn) => isOn ? "on" : "off";
}
