using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Keeps the mapping fresh: properties, pipelines and owners from HubSpot, stages and people from the database.</summary>
internal sealed class AccountRefresh(SyncSession session)
{
    private static readonly TimeSpan MapAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);
    private const string OwnersCursor = "owners";

    private AccountSchema? _schema;
    private TimeSpan? _readAt;
    private TimeSpan? _mappedAt;
    private SyncPart _off;

    /// <summary>Reads what has become old.</summary>
    /// <returns>True when HubSpot was asked.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        // Our own property may only be made while writing is on, and has to be there before the first lead goes.
        var isTurned = _off != session.Off;
        _off = session.Off;
        if (isTurned || IsOlder(_readAt, session.Options.RefreshInterval))
        {
            await ReadAsync(cancellationToken);
            return true;
        }

        if (IsOlder(_mappedAt, MapAge))
        {
            await MapAsync(cancellationToken);
        }

        return false;
    }

    /// <summary>Reads pipelines again because a deal stands in a stage nobody knows; at most once a minute.</summary>
    public async Task SeekStagesAsync(CancellationToken cancellationToken)
    {
        if (IsOlder(_readAt, ShortestInterval))
        {
            await ReadAsync(cancellationToken);
        }
    }

    private bool IsOlder(TimeSpan? at, TimeSpan age) => at is not { } moment || session.Steady - moment >= age;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var client = session.Client;
        _schema = await LeadIdProperty.EnsureAsync(
            session,
            await ReadSchemaAsync(cancellationToken),
            cancellationToken
        );
        session.Monitor.Knows(_schema.HasLeadIds);
        var pipelines = await client.GetPipelinesAsync(
            HubSpotObjectTypes.Deals,
            HubSpotPriority.Changes,
            cancellationToken
        );
        var owners = await client.GetOwnersAsync(HubSpotPriority.Changes, cancellationToken);
        await session.WriteAsync(
            async (db, token) =>
            {
                if (await PipelineRefresh.StoreAsync(db, pipelines, session.Now, token))
                {
                    db.In(session.Now, null, SyncJournal.StagesRead);

                    // Boards have other columns now, lists other names.
                    await db.NotifyRefreshAsync(token);
                }

                if (await OptionRefresh.StoreAsync(db, _schema, token))
                {
                    db.In(session.Now, null, SyncJournal.OptionsRead);

                    // Each instance reads them anew, and forms offer them.
                    await db.NotifyRefreshAsync(token);
                }

                var cursor = await db.CursorAsync(OwnersCursor, token);
                await OwnerRefresh.StoreAsync(db, owners, cursor.PolledUpTo, token);
                cursor.PolledUpTo = session.Now;
            },
            cancellationToken
        );
        _readAt = session.Steady;
        await MapAsync(cancellationToken);
        await FindAgentsAsync(cancellationToken);
    }

    private async Task<AccountSchema> ReadSchemaAsync(CancellationToken cancellationToken) =>
        new(
            await session.Client.GetPropertiesAsync(
                HubSpotObjectTypes.Contacts,
                HubSpotPriority.Changes,
                cancellationToken
            ),
            await session.Client.GetPropertiesAsync(
                HubSpotObjectTypes.Deals,
                HubSpotPriority.Changes,
                cancellationToken
            )
        );

    private async Task MapAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var stages = await db
            .Stages.AsNoTrackingWithIdentityResolution()
            .Include(stage => stage.Pipeline)
            .ToListAsync(cancellationToken);
        var people = await db.Users.ToListAsync(cancellationToken);
        var owners = await db.HubSpotOwners.ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        session.Map = new LeadMap(_schema!, new StageIndex(stages), new AgentDirectory(people, owners));
        _mappedAt = session.Steady;
    }

    // Whoever was unknown when the deal came may have got an account or a link since.
    private Task FindAgentsAsync(CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var waiting = await (
                    from lead in db.Leads
                    join sync in db.LeadSyncs on lead.Id equals sync.LeadId
                    where (lead.Attention & Attention.UnknownAgent) != 0 && lead.AgentId == null
                    orderby lead.Id
                    select new { Lead = lead, Sync = sync }
                )
                    .Take(500)
                    .ToListAsync(token);
                foreach (var row in waiting)
                {
                    var field = session.Map.Agent;
                    var values = new RecordPair(row.Sync.ContactSnapshot, row.Sync.DealSnapshot);
                    var found = field.Theirs(values, field.Properties.ToHashSet(), null);
                    if (!Guid.TryParse(found, out var id) || session.Map.Agents.Find(id) is not { } agent)
                    {
                        continue;
                    }

                    session.Recorder(session.Now).Transfer(db, row.Lead, agent);
                    row.Lead.Attention &= ~Attention.UnknownAgent;
                    row.Sync.Agreed = new(row.Sync.Agreed) { [field.Name] = found };
                }
            },
            cancellationToken
        );
}
