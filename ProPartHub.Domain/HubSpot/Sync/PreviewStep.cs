using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// While writing is off, works out what would become of leads that HubSpot does not have yet. It looks for contacts as the
/// creation does and merges as the creation does, writes neither to HubSpot nor to a lead, and gives way to everything else.
/// </summary>
internal sealed class PreviewStep(SyncSession session, ContactSearch search, LostDeals lost, PreviewStore store)
{
    // One search of phones.
    private const int BatchSize = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private DateTimeOffset _notBefore;

    /// <summary>Works out the next few.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (
            session.Now < _notBefore
            || !session.IsOn(SyncParts.WholeLead)
            || session.Monitor.Limiter?.BackfillHeldUntil is not null
        )
        {
            return false;
        }

        var due = await DueAsync(cancellationToken);
        if (due.Count == 0)
        {
            return false;
        }

        // Nobody waits for a preview: the rest of the sync must not wait for it either.
        using var limit = new CancellationTokenSource(Patience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var previews = await WorkOutAsync(due, either.Token);
            await store.StoreAsync(due, previews, either.Token);
            return true;
        }
        catch (Exception failure) when (MayPass(failure) && !cancellationToken.IsCancellationRequested)
        {
            // The sync itself is not at fault: the pages say how many are left, and it is tried again.
            _notBefore = session.Now + Rest;
            return false;
        }
    }

    private async Task<List<WaitingLead>> DueAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        await using var db = await session.ReadAsync(cancellationToken);

        // Other leads of a client know its contact: they have to be here first.
        var isImported =
            !session.IsOn(SyncPart.Inbound)
            || await db.SyncCursors.AnyAsync(
                cursor => cursor.ObjectType == HubSpotObjectTypes.Deals && cursor.ImportedAt != null,
                cancellationToken
            );
        return isImported
            ? await InOrder(WaitingLeads.Of(db, session.Off))
                .Where(row => row.Preview == null || row.Preview.DueAt <= now)
                .Take(BatchSize)
                .ToListAsync(cancellationToken)
            : [];
    }

    private async Task<Dictionary<Guid, LeadPreview>> WorkOutAsync(
        List<WaitingLead> rows,
        CancellationToken cancellationToken
    )
    {
        var previews = new Dictionary<Guid, LeadPreview>();
        foreach (var row in rows)
        {
            if (PushObstacle.OfNew(session, row.Lead) is { } reason)
            {
                previews[row.Lead.Id] = PreviewForecast.SetAside(row.Lead.Id, reason);
            }
        }

        List<DueLead> Open() => [.. rows.Where(row => !previews.ContainsKey(row.Lead.Id)).Select(Due)];
        void Recognise(IEnumerable<Guid> leadIds) =>
            leadIds.ToList().ForEach(id => previews[id] = PreviewForecast.Recognised(id));

        if (session.Map.HasLeadIds)
        {
            Recognise((await lost.ByLeadIdAsync(Open(), HubSpotPriority.Changes, cancellationToken)).Keys);
        }

        var reachable = Open().Where(lead => lead.Lead.Phone is not null || lead.Lead.Email is not null).ToList();
        var found = await search.FindAsync(reachable, HubSpotPriority.Changes, cancellationToken);
        if (!session.Map.HasLeadIds)
        {
            var contacts = found.ToDictionary(pair => pair.Key, pair => pair.Value.Contact);
            Recognise((await lost.ByContactAsync(Open(), contacts, HubSpotPriority.Changes, cancellationToken)).Keys);
        }

        var forecast = new PreviewForecast(session.Map, session.Off & ~SyncPart.Outbound);
        foreach (var lead in Open().Where(lead => found.ContainsKey(lead.Id)))
        {
            previews[lead.Id] = forecast.Tied(lead.Lead, found[lead.Id]);
        }

        var alone = Open();
        var makers = await MakersAsync(alone, previews.Keys, cancellationToken);
        foreach (var lead in alone)
        {
            previews[lead.Id] = forecast.Made(lead.Lead, makers[lead.Id].Lead);
        }

        return previews;
    }

    // Whose contact each would share, among all that wait: they go in the same order once writing is on.
    private async Task<Dictionary<Guid, DueLead>> MakersAsync(
        List<DueLead> leads,
        IEnumerable<Guid> others,
        CancellationToken cancellationToken
    )
    {
        var mails = leads.Select(lead => lead.Lead.Email).OfType<string>().ToList();
        var phones = leads.Select(lead => lead.Lead.Phone).OfType<string>().ToList();
        var ids = leads.ConvertAll(lead => lead.Id);
        var settled = others.ToList();
        await using var db = await session.ReadAsync(cancellationToken);
        var same = await InOrder(WaitingLeads.Of(db, session.Off))
            .Where(row => mails.Contains(row.Lead.Email!) || phones.Contains(row.Lead.Phone!))
            .Where(row => !settled.Contains(row.Lead.Id))
            .Where(row =>
                row.Preview == null
                || ids.Contains(row.Lead.Id)
                || row.Preview.Outcome == PreviewOutcome.ContactMade
                || row.Preview.Outcome == PreviewOutcome.ContactShared
            )
            .ToListAsync(cancellationToken);

        // One that was edited meanwhile may no longer be among them: it is looked at again anyway.
        var makers = SameClient.Makers(same.Select(Due)).ToDictionary(pair => pair.Lead.Id, pair => pair.Maker);
        return leads.ToDictionary(lead => lead.Id, lead => makers.GetValueOrDefault(lead.Id, lead));
    }

    private static bool MayPass(Exception failure) =>
        failure is OperationCanceledException
        || failure is HubSpotException and not (HubSpotUnauthorizedException or HubSpotForbiddenException);

    private static IQueryable<WaitingLead> InOrder(IQueryable<WaitingLead> rows) =>
        rows.OrderBy(row => row.Entry.DueAt).ThenBy(row => row.Entry.SubjectId);

    private static DueLead Due(WaitingLead row) => new(row.Lead, row.Sync, row.Entry.Revision, row.Entry.Attempts);
}
