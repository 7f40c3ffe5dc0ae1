using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Privacy;

/// <summary>
/// Everything held about a client, as a file to hand over: all leads of the same phone or mail. It is read and written piece
/// by piece, so that the memory it takes does not grow with what is held.
/// </summary>
public sealed class ClientRecords(HubDatabase database, TimeProvider time)
{
    /// <summary>Writes the file; that it was taken goes on record first.</summary>
    /// <param name="actor">An admin.</param>
    /// <param name="leadId">One of the client's leads.</param>
    /// <param name="open">Gives what to write to, for a lead of this number; called once nothing can be refused any more. It
    /// is left open.</param>
    /// <param name="cancellationToken">Ends the writing; the file is incomplete then.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such lead.</exception>
    public async Task ExportAsync(
        Actor actor,
        Guid leadId,
        Func<long, Stream> open,
        CancellationToken cancellationToken
    )
    {
        ClientErasure.RequireAdmin(actor, leadId);
        await using var db = await database.ReadAsync(cancellationToken);
        var lead = await db.VisibleLeadAsync(actor, leadId, cancellationToken);
        var found = await db.ClientLeadsAsync(lead, cancellationToken);
        var leads = await found
            .OrderBy(row => row.Number)
            .Select(row => new ClientLead(row.Id, row.Number))
            .ToListAsync(cancellationToken);
        await RecordAsync(actor, leads, cancellationToken);
        using var file = new ClientFile(open(lead.Number));
        file.Begin(time.GetUtcNow());
        foreach (var row in leads)
        {
            await new ClientLeadRecords(db, file, row.Id).WriteAsync(cancellationToken);
        }

        await file.EndAsync(cancellationToken);
    }

    private Task RecordAsync(Actor actor, List<ClientLead> leads, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.AddRange(
                    leads.Select(row =>
                        SecurityLog.AboutLead(
                            SecurityEventKind.ClientExported,
                            actor,
                            time,
                            row.Id,
                            ("lead", $"L-{row.Number}")
                        )
                    )
                );
                return Task.CompletedTask;
            },
            cancellationToken
        );

    private sealed record ClientLead(Guid Id, long Number);
}
