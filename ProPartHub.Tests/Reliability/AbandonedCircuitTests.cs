using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>Sockets are cut without goodbye: machines that lose their power, phones that lose their network.</summary>
public sealed class AbandonedCircuitTests
{
    private const int Windows = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AbandonedCircuits_AreLetGoOf_AndTheirPeopleAreNoLongerThere()
    {
        // Presence lives by the portal's clock, circuits by the machine's.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var bed = await CircuitBed.StartAsync(time, kept: TimeSpan.FromSeconds(1));
        var lead = await bed.LeadAsync(1);
        var admin = bed.Admin.ToActor("test");
        var room = bed.Hub.Services.GetRequiredService<PresenceRoom>();
        var count = bed.Hub.Services.GetRequiredService<CircuitCount>();
        var clients = new List<CircuitClient>();
        for (var window = 0; window < Windows; window++)
        {
            clients.Add((await bed.OpenAsync(bed.Agent, $"/leads/{lead.Id}")).Client);
        }

        await UntilAsync(time, () => room.Of(admin, [lead.Id]).Count == 1);
        Assert.Equal(Windows, count.Of(bed.Agent.Id));

        foreach (var client in clients)
        {
            await client.CutAsync(Token);
        }

        await UntilAsync(time, () => count.Of(bed.Agent.Id) == 0);
        await UntilAsync(time, () => room.Of(admin, [lead.Id]).Count == 0);
        Assert.Equal(0, count.Open);
        Assert.False(await clients[0].ReconnectAsync(Token));
    }

    [Fact]
    public async Task PersonWithAsManyWindowsAsMayBe_ComesBackToAllOfThem()
    {
        await using var bed = await CircuitBed.StartAsync(settings: new() { ["Hub:CircuitsPerPerson"] = $"{Windows}" });
        var count = bed.Hub.Services.GetRequiredService<CircuitCount>();
        var clients = new List<CircuitClient>();
        for (var window = 0; window < Windows; window++)
        {
            clients.Add((await bed.OpenAsync(bed.Agent, "/leads")).Client);
        }

        foreach (var client in clients)
        {
            await client.CutAsync(Token);
        }

        await Eventually.IsAsync(() => count.ConnectedOf(bed.Agent.Id) == 0, Token);
        Assert.Equal(Windows, count.Of(bed.Agent.Id));
        foreach (var client in clients)
        {
            Assert.True(await client.ReconnectAsync(Token));
        }

        Assert.Equal(Windows, count.ConnectedOf(bed.Agent.Id));
    }

    private static Task UntilAsync(FakeTimeProvider time, Func<bool> isTrue) =>
        Eventually.IsAsync(isTrue, () => time.Advance(TimeSpan.FromMilliseconds(100)), Token);
}
