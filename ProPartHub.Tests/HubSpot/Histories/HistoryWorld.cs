using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Control;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>
/// The hub and HubSpot with a number of leads, each with a history of its own: people on both sides edit, comment and
/// move, while calls fail, answers get lost, the process dies, and webhooks come twice, late, in any order or not at all.
/// All chance comes from the seed.
/// </summary>
internal sealed class HistoryWorld(SyncBed bed, Wire wire, Random random, int leads) : IAsyncDisposable
{
    private const string DealChange = "deal.propertyChange";
    private const string ContactChange = "contact.propertyChange";

    // A few fields of a world, so that people tread on each other's toes.
    private readonly HistoryField[] _fields = [.. HistoryField.All.OrderBy(_ => random.Next()).Take(2)];
    private readonly List<(string Kind, string Id, string? Extra)> _webhooks = [];
    private int _values;
    private int _events;

    public List<Guid> Leads { get; } = [];

    public TypedValues Typed { get; } = new();

    public TypedComments Comments { get; } = new(bed, random);

    public TypedFollowUps FollowUps { get; } = new(bed, random);

    private HeadOffice Office => bed.Sandbox.HeadOffice;

    public static async Task<HistoryWorld> CreateAsync(int seed, int leads)
    {
        var random = new Random(seed);
        var wire = new Wire();
        var bed = await ConnectedAsync(
            indexDelay: TimeSpan.FromSeconds(random.Next(3) * 20),
            skew: TimeSpan.FromSeconds(random.Next(-90, 90)),
            wire: wire.Handler
        );
        return new HistoryWorld(bed, wire, random, leads);
    }

    public SyncBed Bed => bed;

    public async ValueTask DisposeAsync()
    {
        await bed.DisposeAsync();
        wire.Dispose();
    }

    /// <summary>One turn: people act, then the sync runs for a while, with whatever befalls it.</summary>
    public async Task TurnAsync()
    {
        while (Leads.Count < leads && (Leads.Count == 0 || random.Next(4) > 0))
        {
            Leads.Add(await bed.LeadAsync(Leads.Count + 1));
        }

        foreach (var lead in Leads)
        {
            // Often several before the sync comes: only so do both sides meet in one field.
            for (var acts = random.Next(4); acts > 0; acts--)
            {
                await ActAsync(lead);
            }
        }

        await TellAsync();
        Disturb();
        for (var round = random.Next(1, 5); round > 0; round--)
        {
            await RunAsync();
        }

        bed.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 60_000)));
    }

    /// <summary>Nothing goes wrong any more; everything that waits gets its time.</summary>
    public async Task CalmAsync()
    {
        bed.Sandbox.Faults.Clear();
        wire.Revive();
        await bed.OpenAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            // Beyond the longest pause of a push put off, and far beyond every poll's interval.
            await bed.LaterAsync(TimeSpan.FromMinutes(20));
        }

        // Then comes the comparison of everything, which alone knows of a deletion that no webhook told.
        await bed.LaterAsync(TimeSpan.FromHours(49));
    }

    private async Task ActAsync(Guid lead, bool isRaced = false)
    {
        // Two people never act in the same instant, and HubSpot's clock has milliseconds.
        bed.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(2, 500)));
        var field = _fields[random.Next(_fields.Length)];
        switch (random.Next(13))
        {
            case < 3:
                await TypeHereAsync(lead, field);
                break;
            case < 6:
                await TypeThereAsync(lead, field, isRaced);
                break;
            case 6:
                await MoveAsync(lead);
                break;
            case > 9:
                await FollowUps.ActAsync(lead);
                break;
            default:
                await Comments.ActAsync(lead);
                break;
        }
    }

    private async Task TypeHereAsync(Guid lead, HistoryField field)
    {
        var opened = await bed.LoadAsync(lead);
        var value = field.Make(++_values);
        var typed = LeadInput.From(opened);
        field.Set(typed, value);
        var result = await bed.Get<LeadService>()
            .EditAsync(bed.Ada, lead, LeadInput.From(opened), typed, new HashSet<LeadField>(), Cancel);
        if (result.Saved)
        {
            Typed.Add(lead, field.Name, field.Ours(opened), value);
        }
    }

    private async Task TypeThereAsync(Guid lead, HistoryField field, bool isRaced)
    {
        if (await RecordAsync(lead, field.Type) is { } id)
        {
            var seen = field.Theirs(bed.Value(field.Type, id, field.Property));
            var value = field.Make(++_values);
            Office.Update(field.Type, id, field.Property, value);
            Typed.Add(lead, field.Name, seen, value, isRaced);
            _webhooks.Add((field.Type == ObjectType.Deals ? DealChange : ContactChange, id, null));
        }
    }

    private async Task MoveAsync(Guid lead)
    {
        var stages = await bed.ReadAsync(db =>
            db.Stages.Where(stage =>
                    stage.Pipeline.HubSpotId != Pipeline.LocalId
                    && stage.RemovedAt == null
                    && stage.Status != LeadStatus.Lost
                )
                .OrderBy(stage => stage.HubSpotId)
                .ToListAsync(Cancel)
        );
        var stage = stages[random.Next(stages.Count)];
        if (random.Next(2) == 0)
        {
            await bed.Get<LeadService>().MoveAsync(bed.Olena, lead, stage.Id, null, Cancel);
        }
        else if (await RecordAsync(lead, ObjectType.Deals) is { } id)
        {
            Office.MoveStage(id, stage.HubSpotId!);
            _webhooks.Add((DealChange, id, null));
        }
    }

    private async Task<string?> RecordAsync(Guid lead, ObjectType type)
    {
        var sync = await bed.ReadAsync(db => db.LeadSyncs.SingleOrDefaultAsync(row => row.LeadId == lead, Cancel));
        return type == ObjectType.Deals ? sync?.DealId : sync?.ContactId;
    }

    // Some are lost, some come twice, all in any order, some much later.
    private async Task TellAsync()
    {
        _webhooks.AddRange(Comments.TakeWebhooks());
        _webhooks.AddRange(FollowUps.TakeWebhooks());
        foreach (var told in _webhooks.OrderBy(_ => random.Next()).ToList())
        {
            var fate = random.Next(6);
            if (fate > 0)
            {
                _webhooks.Remove(told);
            }

            for (var times = fate < 4 ? 1 : fate - 4; times > 0; times--)
            {
                await bed.WebhookAsync(told.Kind, told.Id, ++_events, told.Extra);
            }
        }
    }

    private void Disturb()
    {
        bed.Sandbox.Faults.Clear();
        if (random.Next(2) == 0)
        {
            var kind = random.Next(2) == 0 ? FaultKind.Cut : FaultKind.Status;
            var status = new[] { 429, 500, 502, 503 }[random.Next(4)];
            bed.Sandbox.Faults.Add(
                new Fault
                {
                    Kind = kind,
                    Status = status,
                    // What HubSpot answers with 429 it has not carried out.
                    AfterWrite = random.Next(2) == 0 && (kind is FaultKind.Cut || status != 429),
                    Skip = random.Next(6),
                    Times = random.Next(1, 8),
                }
            );
        }

        if (random.Next(3) == 0)
        {
            wire.KillAt(random.Next(1, 25), afterAnswer: random.Next(2) == 0);
        }

        for (var interludes = random.Next(4); interludes > 0; interludes--)
        {
            var lead = Leads[random.Next(Leads.Count)];
            wire.At(random.Next(1, 20), () => ActAsync(lead, isRaced: true));
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await bed.OnceAsync();
        }
        catch (HubSpotException)
        {
            // As the engine does: HubSpot is away, and what was to be done waits.
            bed.Clock.Advance(TimeSpan.FromSeconds(10));
        }
        catch (KilledException)
        {
            await RestartAsync();
        }
    }

    private async Task RestartAsync()
    {
        while (true)
        {
            wire.Revive();
            try
            {
                await bed.OpenAsync();
                return;
            }
            catch (HubSpotException)
            {
                bed.Clock.Advance(TimeSpan.FromSeconds(10));
            }
        }
    }
}
