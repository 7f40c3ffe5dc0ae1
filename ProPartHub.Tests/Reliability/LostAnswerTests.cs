using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// The answer to a commit never comes, since the connection breaks under it: what was stored is stored once, and whoever asked
/// for it gets what the work had made, as if nothing had been.
/// </summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private SilentWire _wire = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _wire = new SilentWire(_database.ConnectionString);
        _services = new ServiceCollection()
            .AddHubData(_wire.ConnectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _wire.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task CommitWithoutAnswer_IsFound_AndItsResultIsGiven()
    {
        var id = Guid.CreateVersion7();
        var runs = 0;

        var result = await WriteAsync(
            id,
            () =>
            {
                runs++;
                _wire.LoseAnswerToCommit();
            }
        );

        Assert.Equal("VIP", result);
        Assert.Equal(1, runs);
        Assert.Equal(1, await CountAsync(id));
    }

    [Fact]
    public async Task CommitThatIsCarriedOutDuringTheNextTry_CountsInItsPlace()
    {
        var runs = 0;
        HeldTransaction? first = null;
        Task? carriedOut = null;

        await _services
            .GetRequiredService<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    runs++;
                    // A server that had fallen silent still has the first try in hand, and ends it once the next one waits for it.
                    first = await HeldTransaction.BeginAsync(
                        _database.ConnectionString,
                        "INSERT INTO operations (id, at) VALUES (@id, now())",
                        token,
                        ("id", db.ChangeTracker.Entries<Operation>().Single().Entity.Id)
                    );
                    carriedOut = CarryOutAsync(first);
                    throw new TimeoutException();
                },
                Token
            );

        await carriedOut!;
        await first!.DisposeAsync();
        Assert.Equal(1, runs);
    }

    private static async Task CarryOutAsync(HeldTransaction transaction)
    {
        await transaction.UntilWaitedForAsync(Token);
        await transaction.CommitAsync(Token);
    }

    private Task<string> WriteAsync(Guid id, Action beforeCommit) =>
        _services
            .GetRequiredService<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Tags.Add(Tag(id));
                    beforeCommit();
                    return Task.FromResult("VIP");
                },
                Token
            );

    private static Tag Tag(Guid id) =>
        new()
        {
            Id = id,
            Name = $"VIP {id:N}",
            Colour = TagColour.Red,
        };

    private async Task<int> CountAsync(Guid id)
    {
        await using var db = await _services.GetRequiredService<HubDatabase>().ReadAsync(Token);
        return await db.Tags.CountAsync(tag => tag.Id == id, Token);
    }
}
