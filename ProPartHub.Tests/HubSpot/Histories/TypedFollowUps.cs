using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>What people do with follow-ups here and tasks there; every title is unlike any other.</summary>
internal sealed class TypedFollowUps(SyncBed bed, Random random)
{
    private const string Subject = "hs_task_subject";
    private const string Status = "hs_task_status";
    private const string Due = "hs_timestamp";

    private readonly List<(string, string, string?)> _webhooks = [];
    private readonly HashSet<string> _replaced = [];
    private readonly List<(Guid LeadId, string Title)> _typed = [];
    private int _titles;

    /// <summary>The titles typed about a lead that nobody in HubSpot replaced or deleted with open eyes.</summary>
    public IEnumerable<string> Of(Guid lead) =>
        _typed.Where(typed => typed.LeadId == lead && !_replaced.Contains(typed.Title)).Select(typed => typed.Title);

    public IEnumerable<(string Kind, string Id, string? Extra)> TakeWebhooks()
    {
        var taken = _webhooks.ToList();
        _webhooks.Clear();
        return taken;
    }

    public Task ActAsync(Guid lead) => random.Next(2) == 0 ? HereAsync(lead) : ThereAsync(lead);

    private async Task HereAsync(Guid lead)
    {
        var service = bed.Get<FollowUpService>();
        var known = await bed.ReadAsync(db =>
            db.FollowUps.Where(row => row.LeadId == lead).OrderBy(row => row.Id).ToListAsync(Cancel)
        );
        var alive = known.Where(row => row.DeletedAt is null).ToList();
        var act = alive.Count == 0 ? 0 : random.Next(7);
        var one = alive.Count == 0 ? null : alive[random.Next(alive.Count)];
        var input = one is null ? null : new FollowUpInput(one.Title, one.Details, one.DueAt);
        switch (act)
        {
            case 2:
                await service.EditAsync(bed.Olena, one!.Id, input!, input! with { Title = Title(lead) }, false, Cancel);
                break;
            case 3:
                await service.EditAsync(bed.Olena, one!.Id, input!, input! with { DueAt = Later() }, false, Cancel);
                break;
            case 4:
                await service.SetDoneAsync(bed.Olena, one!.Id, one.DoneAt is null, Cancel);
                break;
            case 5:
                await service.DeleteAsync(bed.Olena, one!.Id, Cancel);
                break;
            case 6:
                // Taken back, whatever became of its task meanwhile.
                await service.RestoreAsync(bed.Olena, known[random.Next(known.Count)].Id, Cancel);
                break;
            default:
                await service.AddAsync(
                    bed.Olena,
                    Guid.CreateVersion7(),
                    lead,
                    new(Title(lead), $"Рядок {random.Next(9)}\n <b>&", Later()),
                    Cancel
                );
                break;
        }
    }

    private async Task ThereAsync(Guid lead)
    {
        var dealId = await bed.ReadAsync(db =>
            db.LeadSyncs.Where(row => row.LeadId == lead).Select(row => row.DealId).SingleOrDefaultAsync(Cancel)
        );
        if (dealId is null)
        {
            return;
        }

        var tasks = bed.TiedTo(dealId, ObjectType.Tasks);
        var act = tasks.Count == 0 ? 0 : random.Next(6);
        var task = act < 2 ? null : tasks[random.Next(tasks.Count)];
        var id = task?.IdText;
        if (act is 2 or 5)
        {
            _replaced.Add(task![Subject] ?? "");
        }

        switch (act)
        {
            case 2:
                bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, id!, Subject, Title(lead));
                break;
            case 3:
                bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, id!, Due, Text(Later()));
                break;
            case 4:
                var status = task![Status] is "COMPLETED" ? "WAITING" : "COMPLETED";
                bed.Sandbox.HeadOffice.Update(ObjectType.Tasks, id!, Status, status);
                break;
            case 5:
                bed.Sandbox.HeadOffice.Archive(ObjectType.Tasks, id!);
                break;
            default:
                id = bed.Sandbox.HeadOffice.Create(
                    ObjectType.Tasks,
                    new Dictionary<string, string?>
                    {
                        [Subject] = Title(lead),
                        [Due] = Text(Later()),
                        [Status] = "NOT_STARTED",
                    },
                    (ObjectType.Deals, dealId)
                );
                break;
        }

        var kind = act switch
        {
            5 => "object.deletion",
            0 or 1 => "object.creation",
            _ => "object.propertyChange",
        };
        _webhooks.Add((kind, id!, ",\"objectTypeId\":\"0-27\""));
    }

    // People set whole minutes.
    private DateTimeOffset Later() =>
        DateTimeOffset
            .FromUnixTimeSeconds(bed.Clock.GetUtcNow().ToUnixTimeSeconds() / 60 * 60)
            .AddMinutes(random.Next(10, 10_000));

    private static string Text(DateTimeOffset moment) => FollowUpFields.ToText(moment);

    private string Title(Guid lead)
    {
        var title = $"Справа {++_titles} <b> & «лапки»";
        _typed.Add((lead, title));
        return title;
    }
}
