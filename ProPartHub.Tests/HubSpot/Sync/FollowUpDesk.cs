using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Follow-ups here and tasks there, as tests of their exchange handle them.</summary>
internal static class FollowUpDesk
{
    public const string Subject = "hs_task_subject";
    public const string Body = "hs_task_body";
    public const string Status = "hs_task_status";
    public const string Due = "hs_timestamp";
    public const string TaskExtra = ",\"objectTypeId\":\"0-27\"";

    public static FollowUpService Service(SyncBed bed) => bed.Get<FollowUpService>();

    public static async Task<(Guid LeadId, string DealId)> LeadAsync(SyncBed bed)
    {
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        return (leadId, (await bed.SyncOfAsync(leadId)).DealId!);
    }

    public static async Task<Guid> AddAsync(SyncBed bed, Guid leadId, string title, string? details = null)
    {
        var id = Guid.CreateVersion7();
        var due = bed.Clock.GetUtcNow().AddDays(2);
        await Service(bed).AddAsync(bed.Olena, id, leadId, new(title, details, due), SyncBed.Cancel);
        return id;
    }

    public static string AddTask(SyncBed bed, string dealId, string subject, string body) =>
        bed.Sandbox.HeadOffice.Create(
            ObjectType.Tasks,
            new Dictionary<string, string?>
            {
                [Due] = "2026-12-01T10:00:00Z",
                [Subject] = subject,
                [Body] = body,
                [Status] = "NOT_STARTED",
                ["hubspot_owner_id"] = "81544101",
            },
            (ObjectType.Deals, dealId)
        );

    public static async Task TellAsync(SyncBed bed, string kind, string taskId)
    {
        await bed.WebhookAsync(kind, taskId, Random.Shared.Next(), TaskExtra);
        await bed.QuietAsync();
    }

    public static async Task LinkAsync(SyncBed bed, Guid userId, string ownerId)
    {
        await bed.ReadAsync(db =>
            db.Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(row => row.SetProperty(user => user.HubSpotOwnerId, ownerId), SyncBed.Cancel)
        );
        await bed.LaterAsync(TimeSpan.FromMinutes(11));
    }

    // Our own edit waits for a while, so that HubSpot's comes first.
    public static Task HoldOursAsync(SyncBed bed)
    {
        var later = bed.Clock.GetUtcNow().AddMinutes(10);
        return bed.ReadAsync(db =>
            db.Outbox.ExecuteUpdateAsync(row => row.SetProperty(entry => entry.DueAt, later), SyncBed.Cancel)
        );
    }

    public static Task<IReadOnlyList<FollowUpView>> OpenAsync(SyncBed bed, Guid leadId) =>
        bed.Get<FollowUpQueries>().OpenAsync(bed.Olena, leadId, SyncBed.Cancel);

    public static Task<List<LeadEvent>> HistoryAsync(SyncBed bed) =>
        bed.ReadAsync(db => db.LeadEvents.ToListAsync(SyncBed.Cancel));
}
