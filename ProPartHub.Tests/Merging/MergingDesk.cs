using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Merging;

/// <summary>Leads of one client, merged as a page would do it.</summary>
internal static class MergingDesk
{
    public const string Email = "maria@example.com";

    // Everything that a merge may touch. Histories only grow, and a lead's last change is the taking back itself.
    private static readonly string[] Tables =
    [
        "leads",
        "comments",
        "comment_attachments",
        "activities",
        "follow_ups",
        "lead_tags",
        "claim_requests",
        "point_entries",
        "lead_mergings",
        "distinct_clients",
        "note_sync",
        "follow_up_sync",
        "lead_sync",
        "sync_conflicts",
    ];

    /// <summary>A lead of the client, known by the mail.</summary>
    public static async Task<Guid> ClientAsync(
        this HubBed bed,
        Actor agent,
        int number,
        Func<LeadInput, LeadInput>? change = null
    )
    {
        var input = HubBed.Input(number, "Марія") with { Email = Email };
        var token = CancellationToken.None;
        var created = await bed.Get<LeadService>().CreateAsync(agent, change?.Invoke(input) ?? input, null, token);
        return created.Id;
    }

    /// <summary>Merges with the values that a page would have chosen.</summary>
    public static async Task<bool> MergeAsync(this HubBed bed, Actor actor, Guid survivorId, Guid loserId) =>
        await bed.Get<LeadMergings>()
            .MergeAsync(actor, await bed.OrderAsync(survivorId, loserId), CancellationToken.None);

    /// <summary>The order that a page would have made.</summary>
    public static async Task<MergeOrder> OrderAsync(this HubBed bed, Guid survivorId, Guid loserId)
    {
        var seen = await bed.Get<SameClientQueries>()
            .CompareAsync(bed.Ada, survivorId, loserId, CancellationToken.None);
        return new MergeOrder(
            survivorId,
            loserId,
            seen.Fields.ToDictionary(field => field.Field, field => field.Default),
            seen.Left.Values,
            seen.Right.Values
        );
    }

    /// <summary>Hangs a comment, a follow-up, a tag and a call on a lead.</summary>
    public static async Task FillAsync(this HubBed bed, Actor actor, Guid leadId, string words)
    {
        var token = CancellationToken.None;
        var tag = Guid.CreateVersion7();
        await bed.Get<CommentService>().AddAsync(actor, Guid.CreateVersion7(), leadId, words, null, token);
        await bed.Get<FollowUpService>()
            .AddAsync(
                actor,
                Guid.CreateVersion7(),
                leadId,
                new FollowUpInput(words, null, bed.Time.GetUtcNow().AddDays(1)),
                token
            );
        await bed.Get<TagService>().SaveAsync(bed.Nina, tag, words, TagColour.Blue, token);
        await bed.Get<TagService>().SetAsync(actor, leadId, tag, isOn: true, token);
        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    foreach (var call in new[] { words, "спільний" })
                    {
                        db.Activities.Add(
                            new Activity
                            {
                                LeadId = leadId,
                                Kind = ActivityKind.Call,
                                HubSpotId = call,
                                OccurredAt = bed.Time.GetUtcNow(),
                            }
                        );
                    }

                    return Task.CompletedTask;
                },
                token
            );
    }

    /// <summary>Every row of the tables that a merge may touch.</summary>
    public static Task<IReadOnlyList<string>> RowsAsync(this HubBed bed) =>
        bed.ReadAsync<IReadOnlyList<string>>(async db =>
        {
            var rows = new List<string>();
            foreach (var table in Tables)
            {
                var sql =
                    $"SELECT '{table} ' || (to_jsonb(row) - 'updated_at')::text AS \"Value\" FROM {table} row ORDER BY 1";
                rows.AddRange(await db.Database.SqlQueryRaw<string>(sql).ToListAsync());
            }

            return rows;
        });
}
