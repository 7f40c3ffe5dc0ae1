using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>Views are recorded once for each person, thing and hour, and none is lost at an orderly end.</summary>
public sealed class ViewLogTests : IAsyncLifetime
{
    private static readonly Guid Lead = Guid.CreateVersion7();

    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ViewLog Views => _bed.Get<ViewLog>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task HandingOver_SendsNoCommand()
    {
        Views.SawLead(_bed.Olena, Lead);

        Assert.Empty(_bed.Sql.Commands);
        await Views.StoreAsync(Token);
        var view = Assert.Single(await ViewsAsync());
        Assert.Equal(
            (SecurityEventKind.LeadViewed, _bed.Olena.UserId, Lead, _bed.Olena.Address, _bed.Time.GetUtcNow()),
            (view.Kind, view.ActorId, view.LeadId, view.Address, view.OccurredAt)
        );
    }

    [Fact]
    public async Task SamePersonThingAndHour_IsOneView()
    {
        var other = Guid.CreateVersion7();
        for (var time = 0; time < 3; time++)
        {
            Views.SawLead(_bed.Olena, Lead);
            Views.SawLead(_bed.Nina, Lead);
            Views.SawLead(_bed.Olena, other);
            Views.SawPerson(_bed.Ada, _bed.Olena.UserId);
            await Views.StoreAsync(Token);
        }

        Assert.Equal(4, (await ViewsAsync()).Count);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        Views.SawLead(_bed.Olena, Lead);
        await Views.StoreAsync(Token);
        Assert.Equal(5, (await ViewsAsync()).Count);
    }

    [Fact]
    public async Task OrderlyEnd_StoresWhatIsLeft()
    {
        // More than one batch, so that it must go on until none is left.
        await Views.StartAsync(Token);
        for (var number = 0; number < 500; number++)
        {
            Views.SawLead(_bed.Olena, Guid.CreateVersion7());
        }

        await Views.StopAsync(Token);

        Assert.Equal(500, (await ViewsAsync()).Count);
    }

    [Fact]
    public async Task WhileTheDatabaseIsAway_ViewsWait()
    {
        await Views.StartAsync(Token);
        await _bed.Database.ShutAsync();
        Views.SawLead(_bed.Olena, Lead);
        await Task.Delay(500, Token);
        await _bed.Database.ReopenAsync();

        // The clock stands still, so the next try comes when it is moved on.
        for (var tries = 0; tries < 600 && (await ViewsAsync()).Count == 0; tries++)
        {
            _bed.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(100, Token);
        }

        await Views.StopAsync(Token);
        Assert.Single(await ViewsAsync());
    }

    private Task<List<SecurityEvent>> ViewsAsync() => _bed.ReadAsync(db => db.SecurityEvents.ToListAsync());
}
