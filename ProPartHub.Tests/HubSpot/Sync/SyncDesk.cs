using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>The hub's people and leads with the sync's own rows as a day with HubSpot leaves them; no engine runs.</summary>
internal sealed class SyncDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SyncDesk(HubBed bed)
    {
        Bed = bed;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(bed.Time)
            .AddSingleton(bed.Get<HubDatabase>())
            .AddHubSpotSyncServices()
            .BuildServiceProvider();
    }

    public HubBed Bed { get; }

    public static async Task<SyncDesk> CreateAsync(CancellationToken cancellationToken) =>
        new(await HubBed.CreateAsync(cancellationToken));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<LeadCreated> LeadAsync(int number) => Bed.LeadAsync(Bed.Olena, number);

    /// <summary>Sets a lead's push aside with HubSpot's words.</summary>
    public Task ParkAsync(Guid leadId, string words) =>
        WriteAsync(async db =>
        {
            var mark = await db.Outbox.SingleAsync(row => row.SubjectId == leadId);
            (mark.ParkedAt, mark.LastError, mark.Attempts) = (Bed.Time.GetUtcNow(), words, 3);
        });

    public Task ForgetMarksAsync() => WriteAsync(db => db.Outbox.ExecuteDeleteAsync());

    public Task<OutboxEntry?> MarkAsync(Guid leadId) =>
        Bed.ReadAsync(db => db.Outbox.SingleOrDefaultAsync(row => row.SubjectId == leadId));

    public Task<int> EventsAsync(Guid leadId, LeadEventKind kind) =>
        Bed.ReadAsync(db => db.LeadEvents.CountAsync(entry => entry.LeadId == leadId && entry.Kind == kind));

    public async Task<Guid> ConflictAsync(
        Guid leadId,
        string field,
        string? ours,
        string? theirs,
        bool theirsWon = true
    )
    {
        var conflict = new SyncConflict
        {
            LeadId = leadId,
            Field = field,
            Ours = ours,
            Theirs = theirs,
            TheirsWon = theirsWon,
            At = Bed.Time.GetUtcNow(),
        };
        await WriteAsync(db => Task.FromResult(db.SyncConflicts.Add(conflict)));
        return conflict.Id;
    }

    /// <summary>Writes a line of the sync's log.</summary>
    public Task LogAsync(Guid? leadId, string what, string? detail, bool isTaken = false) =>
        WriteAsync(db =>
        {
            if (isTaken)
            {
                db.In(Bed.Time.GetUtcNow(), leadId, what, detail);
            }
            else
            {
                db.Out(Bed.Time.GetUtcNow(), leadId, what, detail);
            }

            return Task.CompletedTask;
        });

    /// <summary>Binds the database to an account.</summary>
    public Task ConnectAsync() =>
        WriteAsync(db =>
            Task.FromResult(
                db.HubSpotAccounts.Add(
                    new HubSpotAccount
                    {
                        PortalId = 1,
                        IsSandbox = true,
                        TimeZone = "UTC",
                    }
                )
            )
        );

    /// <summary>HubSpot's deals have been taken in.</summary>
    public Task ImportedAsync() =>
        WriteAsync(db =>
            Task.FromResult(
                db.SyncCursors.Add(new SyncCursor { ObjectType = "deals", ImportedAt = Bed.Time.GetUtcNow() })
            )
        );

    /// <summary>What the engine worked out for a lead.</summary>
    public Task PreviewAsync(Guid leadId, PreviewOutcome outcome, params PreviewField[] fields) =>
        WriteAsync(db =>
            Task.FromResult(
                db.LeadPreviews.Add(
                    new LeadPreview
                    {
                        LeadId = leadId,
                        Revision = 1,
                        Outcome = outcome,
                        FoundBy = outcome is PreviewOutcome.TiedToContact ? ContactFoundBy.Mail : null,
                        Fields = fields,
                        FilledThere = fields.Count(field => field.Fate is PreviewFate.FilledThere),
                        FilledHere = fields.Count(field => field.Fate is PreviewFate.FilledHere),
                        Overwritten = fields.Count(field => field.Fate is PreviewFate.OverwrittenHere),
                        WorkedOutAt = Bed.Time.GetUtcNow(),
                        DueAt = Bed.Time.GetUtcNow(),
                    }
                )
            )
        );

    /// <summary>A stage of HubSpot whose meaning is only proposed.</summary>
    public async Task<Guid> StageAsync(string label, LeadStatus proposed)
    {
        var pipeline = new Pipeline { HubSpotId = "p1", Label = "Лиды" };
        var stage = new Stage
        {
            PipelineId = pipeline.Id,
            HubSpotId = "s1",
            Label = label,
            Status = proposed,
        };
        await WriteAsync(db =>
        {
            db.Pipelines.Add(pipeline);
            return Task.FromResult(db.Stages.Add(stage));
        });
        return stage.Id;
    }

    /// <summary>Ties a lead to a deal.</summary>
    public Task LinkAsync(Guid leadId, string dealId) =>
        WriteAsync(db => Task.FromResult(db.LeadSyncs.Add(new LeadSync { LeadId = leadId, DealId = dealId })));

    /// <summary>Sets what both sides last agreed on.</summary>
    public Task AgreeAsync(Guid leadId, Dictionary<string, string?> agreed) =>
        WriteAsync(async db => (await db.LeadSyncs.SingleAsync(sync => sync.LeadId == leadId)).Agreed = agreed);

    /// <summary>Marks a lead as HubSpot's deal left it.</summary>
    public Task ProblemAsync(Guid leadId, Attention attention, Dictionary<string, string?> deal) =>
        WriteAsync(async db =>
        {
            (await db.Leads.SingleAsync(lead => lead.Id == leadId)).Attention = attention;
            db.LeadSyncs.Add(
                new LeadSync
                {
                    LeadId = leadId,
                    DealId = leadId.ToString("N"),
                    DealSnapshot = deal,
                }
            );
        });

    public Task OwnerAsync(string id, string name, string? email, bool isArchived = false, Guid? linkTo = null) =>
        WriteAsync(async db =>
        {
            db.HubSpotOwners.Add(
                new HubSpotOwner
                {
                    Id = id,
                    Name = name,
                    Email = email,
                    IsArchived = isArchived,
                }
            );
            if (linkTo is { } user)
            {
                (await db.Users.SingleAsync(row => row.Id == user)).HubSpotOwnerId = id;
            }
        });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Bed.DisposeAsync();
    }

    private Task WriteAsync<T>(Func<HubDbContext, Task<T>> write) =>
        Bed.Get<HubDatabase>().InTransactionAsync((db, _) => write(db), CancellationToken.None);

    private Task WriteAsync(Func<HubDbContext, Task> write) =>
        Bed.Get<HubDatabase>().InTransactionAsync((db, _) => write(db), CancellationToken.None);
}
