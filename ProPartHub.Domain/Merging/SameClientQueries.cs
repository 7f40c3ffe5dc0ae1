using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <summary>Reads which leads may be about one client, and compares two of them. Only leads that the reader may see are told.</summary>
public sealed class SameClientQueries(HubDatabase database, TimeProvider time)
{
    /// <summary>Most leads on a card; more of one client are merged two by two until they fit.</summary>
    public const int Most = 5;

    // A lead that swallowed more than these is beyond taking back anyway.
    private const int MostAbsorbed = 10;

    /// <summary>Other leads of a lead's client, and those that were merged into it: a fixed number of commands.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<SameClientCard> OfAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var lead = await db.VisibleLeadAsync(actor, leadId, cancellationToken);
        var marks = ClientMarks.Of(leadId, lead);
        var suspects =
            marks.IsEmpty || lead.ArchivedAt is not null
                ? []
                : await SuspectsAsync(db, actor, marks, cancellationToken);
        var absorbed = await AbsorbedAsync(db, actor, leadId, cancellationToken);
        return new SameClientCard([.. suspects.Take(Most)], suspects.Count > Most, absorbed);
    }

    /// <summary>Two leads side by side, with the values that a merged one may get.</summary>
    /// <exception cref="NotFoundException">One of them is no lead for the actor.</exception>
    /// <exception cref="InvalidInputException">They are one and the same.</exception>
    public async Task<MergeComparison> CompareAsync(
        Actor actor,
        Guid leadId,
        Guid otherId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (leadId == otherId)
        {
            await db.RequireVisibleLeadAsync(actor, leadId, cancellationToken);
            throw new InvalidInputException(FieldChange.OtherLead, FieldErrorCode.NotMergeable);
        }

        var left = await SideAsync(db, actor, leadId, cancellationToken);
        var right = await SideAsync(db, actor, otherId, cancellationToken);
        var set = await SetAtAsync(db, [leadId, otherId], cancellationToken);
        var fields = MergeChoice.Fields(left.Values, right.Values, At(left), At(right));
        var (first, second) = DistinctClients.InOrder(leadId, otherId);
        var areApart = await db.DistinctClients.AnyAsync(
            row => row.FirstId == first && row.SecondId == second,
            cancellationToken
        );
        return new MergeComparison(left, right, fields, areApart);

        Func<LeadField, DateTimeOffset> At(MergeSide side) =>
            field => set.GetValueOrDefault((side.Id, field.ToString()), side.CreatedAt);
    }

    /// <summary>The leads of one client among all that the actor may see, newest first.</summary>
    internal static IQueryable<Lead> Visible(HubDbContext db, Actor actor, ClientMarks marks) =>
        db.Suspects(marks).VisibleTo(actor).OrderByDescending(lead => lead.Number).Take(Most + 1);

    private static async Task<List<SuspectLead>> SuspectsAsync(
        HubDbContext db,
        Actor actor,
        ClientMarks marks,
        CancellationToken cancellationToken
    )
    {
        var rows = await Visible(db, actor, marks)
            .Select(lead => new
            {
                lead.Id,
                lead.Number,
                lead.ClientName,
                Agent = lead.Agent == null ? null : lead.Agent.DisplayName,
                lead.Stage.Label,
                lead.Status,
                lead.Phone,
                lead.SecondPhone,
                lead.Email,
                lead.Telegram,
            })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new SuspectLead(
            row.Id,
            row.Number,
            row.ClientName,
            row.Agent,
            row.Label,
            row.Status,
            marks.Phones.Any(phone => phone == row.Phone || phone == row.SecondPhone),
            marks.Email is not null && row.Email == marks.Email,
            marks.TelegramKey is not null && row.Telegram?.ToLowerInvariant() == marks.TelegramKey
        ));
    }

    // Also those that were merged into a lead that was merged into this one.
    private static IQueryable<LeadMerging> Absorbed(HubDbContext db, Guid leadId)
    {
        var family = db.MergedFamily(leadId);
        return db.LeadMergings.Where(row => family.Contains(row.SurvivorId));
    }

    private async Task<IReadOnlyList<AbsorbedLead>> AbsorbedAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        var since = time.GetUtcNow() - LeadMerging.UndoWindow;
        var rows = await Absorbed(db, leadId)
            .OrderByDescending(row => row.At)
            .Take(MostAbsorbed)
            .Join(
                db.Leads,
                row => row.LoserId,
                lead => lead.Id,
                (row, lead) =>
                    new
                    {
                        lead.Id,
                        lead.Number,
                        lead.AgentId,
                        lead.TeamId,
                        lead.Attention,
                        row.At,
                        row.ByName,
                        IsOpen = row.SurvivorId == leadId
                            && row.At > since
                            && !db.LeadEvents.Any(entry =>
                                entry.LeadId == row.LoserId
                                && entry.Id > row.LastEventId
                                && !LeadMerging.Unchanging.Contains(entry.Kind)
                            )
                            && !db.LeadEvents.Any(entry =>
                                entry.LeadId == row.SurvivorId
                                && entry.Id > row.LastEventId
                                && !LeadMerging.Unchanging.Contains(entry.Kind)
                            ),
                    }
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.At)
                .Select(row => new AbsorbedLead(
                    row.Id,
                    row.Number,
                    row.At,
                    row.ByName,
                    row.Attention,
                    actor.CanSee(row.AgentId, row.TeamId),
                    row.IsOpen ? row.At + LeadMerging.UndoWindow : null
                )),
        ];
    }

    private static async Task<MergeSide> SideAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        var row =
            await db
                .Leads.VisibleTo(actor)
                .Where(lead => lead.Id == leadId)
                .Select(lead => new
                {
                    Lead = lead,
                    Agent = lead.Agent == null ? null : lead.Agent.DisplayName,
                    Stage = lead.Stage.Label,
                    DealId = db
                        .LeadSyncs.Where(sync => sync.LeadId == leadId)
                        .Select(sync => sync.DealId)
                        .FirstOrDefault(),
                    Comments = db.Comments.Count(entry => entry.LeadId == leadId && entry.DeletedAt == null),
                    Activities = db.Activities.Count(entry => entry.LeadId == leadId && entry.DeletedAt == null),
                    FollowUps = db.FollowUps.Count(entry => entry.LeadId == leadId && entry.DeletedAt == null),
                    Open = db.FollowUps.Count(entry =>
                        entry.LeadId == leadId && entry.DeletedAt == null && entry.DoneAt == null
                    ),
                    Tags = db.LeadTags.Count(entry => entry.LeadId == leadId && entry.Tag.RetiredAt == null),
                    Claims = db.ClaimRequests.Count(entry =>
                        entry.LeadId == leadId && entry.State == Claims.ClaimState.Waiting
                    ),
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        var lead = row.Lead;
        return new MergeSide(
            lead.Id,
            lead.Number,
            LeadInput.From(lead),
            lead.AgentId,
            row.Agent,
            row.Stage,
            lead.Status,
            lead.CreatedAt,
            lead.UpdatedAt,
            row.DealId,
            lead.ArchivedAt is not null,
            new MergeCounts(row.Comments, row.Activities, row.FollowUps, row.Open, row.Tags, row.Claims)
        );
    }

    // When a field was last set, as far as the last few hundred changes of both leads tell; what is older counts from the
    // lead's registration.
    private static async Task<Dictionary<(Guid LeadId, string Field), DateTimeOffset>> SetAtAsync(
        HubDbContext db,
        IReadOnlyList<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        var set = new Dictionary<(Guid, string), DateTimeOffset>();
        foreach (var leadId in leadIds)
        {
            var history = await db
                .LeadEvents.Where(entry => entry.LeadId == leadId && entry.Kind == LeadEventKind.Edited)
                .OrderByDescending(entry => entry.Id)
                .Take(200)
                .Select(entry => new { entry.OccurredAt, entry.Changes })
                .ToListAsync(cancellationToken);
            foreach (var entry in history)
            {
                foreach (var change in entry.Changes)
                {
                    set.TryAdd((leadId, change.Field), entry.OccurredAt);
                }
            }
        }

        return set;
    }
}
