using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>
/// A head office at work for hours while every twentieth call fails in one way or another, half of them after they were
/// carried out. <c>PROPART_SOAK_HOURS</c> of the clock that both sides share; without it, one.
/// </summary>
public sealed class SoakTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task LivelyOffice_WithFivePercentFaults_EndsEqual()
    {
        await using var bed = await ConnectedAsync(deals: 20);
        foreach (var (kind, status, afterWrite) in Troubles)
        {
            bed.Sandbox.Faults.Add(
                new Fault
                {
                    Kind = kind,
                    Status = status,
                    AfterWrite = afterWrite,
                    Percent = 1,
                }
            );
        }

        var hours = Switches.Number("PROPART_SOAK_HOURS") ?? 1;
        for (var step = 0; step < hours * TimeSpan.FromHours(1) / Pace; step++)
        {
            bed.Sandbox.Scenario.Step();
            if (step % 3 == 0)
            {
                await bed.LeadAsync(step);
            }

            await RunForAsync(bed, Pace);
        }

        Assert.True(bed.Sandbox.Faults.List().Sum(fault => fault.Disturbed) > 0);
        bed.Sandbox.Faults.Clear();
        await RunForAsync(bed, TimeSpan.FromHours(1));
        await bed.LaterAsync(TimeSpan.FromHours(1));

        Assert.Equal(0, await bed.ReadAsync(db => db.Outbox.CountAsync(Cancel)));
        var leads = await bed.ReadAsync(db => db.Leads.Select(lead => lead.Id).ToListAsync(Cancel));
        Assert.Equal(bed.Live(ObjectType.Deals).Count, leads.Count);
        var differences = new List<string>();
        foreach (var lead in leads)
        {
            differences.AddRange(await BothSides.DifferencesAsync(bed, lead));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static (FaultKind Kind, int Status, bool AfterWrite)[] Troubles =>
        [
            (FaultKind.Cut, 0, true),
            (FaultKind.Cut, 0, false),
            (FaultKind.Status, 502, true),
            (FaultKind.Status, 503, false),
            (FaultKind.Status, 429, false),
        ];

    // As the engine does: after a failure it waits, and goes on where it was.
    private static async Task RunForAsync(SyncBed bed, TimeSpan time)
    {
        bed.Clock.Advance(time);
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                await bed.QuietAsync();
                return;
            }
            catch (HubSpotException)
            {
                bed.Clock.Advance(TimeSpan.FromSeconds(10));
            }
        }

        Assert.Fail("The sync does not come to rest.");
    }
}
