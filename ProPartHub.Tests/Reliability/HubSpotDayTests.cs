using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Histories;
using ProPartHub.Tests.HubSpot.Sync;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// HubSpot answers nobody for a day, while its people and the agency's go on working. It is asked now and then and no more; when
/// it is back both sides have all of it, once.
/// </summary>
public sealed class HubSpotDayTests
{
    // The pause of the engine after a round that failed.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // One every quarter of a minute: what is tried between two breaks of the circuit breaker.
    private const int MostCallsAnHour = 240;

    [Fact]
    public async Task DayWithoutHubSpot_LosesNothing_DoublesNothing_AndHammersNobody()
    {
        await using var bed = await ConnectedAsync();
        var leads = new List<LeadSync>();
        for (var number = 1; number <= 6; number++)
        {
            leads.Add(await bed.PushedAsync(number));
        }

        var down = bed.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Cut });

        // An hour as the engine lives through it, then the rest of the day in strides.
        await bed.LeadAsync(100);
        for (var end = bed.Clock.GetUtcNow() + TimeSpan.FromHours(1); bed.Clock.GetUtcNow() < end; )
        {
            await TryAsync(bed);
            bed.Clock.Advance(Pause);
        }

        Assert.InRange(bed.Sandbox.Faults.List().Single().Disturbed, 1, MostCallsAnHour);
        for (var hour = 1; hour < 24; hour++)
        {
            await WorkAsync(bed, leads, hour);
            await TryAsync(bed);
            bed.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(await bed.WaitingAsync() > 0);
        bed.Sandbox.Faults.Remove(down);
        for (var minutes = 0; minutes < 60; minutes += 10)
        {
            await bed.LaterAsync(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(0, await bed.WaitingAsync());
        foreach (var id in await bed.ReadAsync(db => db.Leads.Select(lead => lead.Id).ToListAsync(Cancel)))
        {
            Assert.Empty(await BothSides.DifferencesAsync(bed, id));
        }

        await AssertOnceAsync(bed, leads);
    }

    // Each hour somebody here adds a lead, edits a field of another and comments on it, and somebody there edits another field.
    private static async Task WorkAsync(SyncBed bed, List<LeadSync> leads, int hour)
    {
        var lead = leads[hour % leads.Count];
        var isOdd = hour / leads.Count % 2 == 1;
        await bed.LeadAsync(100 + hour);
        await bed.EditAsync(lead.LeadId, input => input.Language = isOdd ? "русский" : "украинский");
        await bed.Get<CommentService>()
            .AddAsync(bed.Ada, Guid.CreateVersion7(), lead.LeadId, $"Дзвінок о {hour}", null, Cancel);
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, lead.DealId!, "purchase_country", isOdd ? "Дубай" : "Оман");
    }

    private static async Task AssertOnceAsync(SyncBed bed, List<LeadSync> leads)
    {
        // Six before, one in the first hour, one in each of the others.
        const int Leads = 6 + 1 + 23;
        Assert.Equal(Leads, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        Assert.Equal(Leads, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(Leads, bed.Live(ObjectType.Contacts).Count);
        Assert.Equal(23, bed.Live(ObjectType.Notes).Count);
        foreach (var sync in leads)
        {
            var lead = await bed.LoadAsync(sync.LeadId);
            Assert.Equal(("русский", "Дубай"), (lead.Language, lead.Country));
            Assert.Equal(("русский", "Дубай"), (bed.Deal(sync, "language"), bed.Deal(sync, "purchase_country")));
        }
    }

    private static async Task TryAsync(SyncBed bed)
    {
        try
        {
            await bed.OnceAsync();
        }
        catch (HubSpotException)
        {
            // The engine notes it and waits.
        }
    }
}
