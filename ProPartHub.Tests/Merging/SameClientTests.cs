using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>Who is told of which leads of one client, who may merge them, and pairs that were told apart.</summary>
public sealed class SameClientTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SameClientQueries Queries => _bed.Get<SameClientQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Suspects_AreFoundByEachMark_WithTheReason()
    {
        var lead = await AddAsync(_bed.Olena, 1, input => input with { Email = "a@b.co", Telegram = "Maria_K" });
        await AddAsync(_bed.Olena, 2, input => input with { SecondPhone = HubBed.Input(1).Phone });
        await AddAsync(_bed.Olena, 3, input => input with { Email = "a@b.co" });
        await AddAsync(_bed.Olena, 4, input => input with { Telegram = "maria_k" });
        await AddAsync(_bed.Olena, 5, input => input with { Telegram = "maria_kk" });

        var card = await Queries.OfAsync(_bed.Olena, lead, Token);

        Assert.Equal(
            [(false, false, true), (false, true, false), (true, false, false)],
            card.Suspects.Select(row => (row.SamePhone, row.SameEmail, row.SameTelegram))
        );
    }

    [Fact]
    public async Task Suspects_AreOnlyTheReadersOwn_AndFew()
    {
        var lead = await _bed.ClientAsync(_bed.Olena, 1);
        var ofTaras = await _bed.ClientAsync(_bed.Taras, 2);
        var ofJames = await _bed.ClientAsync(_bed.James, 3);

        Assert.Empty(await FoundAsync(_bed.Olena, lead));
        Assert.Equal([ofTaras], await FoundAsync(_bed.Nina, lead));
        Assert.Equal([ofJames, ofTaras], await FoundAsync(_bed.Ada, lead));
        await Assert.ThrowsAsync<NotFoundException>(() => Queries.OfAsync(_bed.Mark, lead, Token));

        for (var number = 10; number < 15; number++)
        {
            await _bed.ClientAsync(_bed.Taras, number);
        }

        var card = await Queries.OfAsync(_bed.Nina, lead, Token);
        Assert.Equal((SameClientQueries.Most, true), (card.Suspects.Count, card.HasMore));
    }

    public static TheoryData<string, bool, bool> Rights =>
        new()
        {
            // Who; whether two leads of Olena's; whether one of hers and one of Taras's.
            { "Olena", true, false },
            { "Taras", false, false },
            { "Nina", true, true },
            { "James", false, false },
            { "Mark", false, false },
            { "Ada", true, true },
        };

    [Theory]
    [MemberData(nameof(Rights))]
    public async Task MergeAndTellApart_OnlyByWhoMayChangeBoth(string name, bool ofOne, bool ofTwo)
    {
        var actor = new[] { _bed.Olena, _bed.Taras, _bed.Nina, _bed.James, _bed.Mark, _bed.Ada }.Single(person =>
            string.Equals(person.Address, name, StringComparison.OrdinalIgnoreCase)
        );
        var (own, ownToo) = (await _bed.ClientAsync(_bed.Olena, 1), await _bed.ClientAsync(_bed.Olena, 2));
        var (mine, other) = (await _bed.ClientAsync(_bed.Olena, 3), await _bed.ClientAsync(_bed.Taras, 4));

        Assert.Equal(ofOne, await MayAsync(() => PairAsync(actor, own, ownToo)));
        Assert.Equal(ofTwo, await MayAsync(() => PairAsync(actor, mine, other)));
        Assert.Equal(ofOne, await MayAsync(() => Queries.CompareAsync(actor, own, ownToo, Token)));
        Assert.Equal(ofTwo, await MayAsync(() => Queries.CompareAsync(actor, mine, other, Token)));
        Assert.Equal(ofOne, await MayAsync(() => _bed.MergeAsync(actor, own, ownToo)));
        Assert.Equal(ofTwo, await MayAsync(() => _bed.MergeAsync(actor, mine, other)));
        if (!ofTwo)
        {
            await _bed.MergeAsync(_bed.Nina, mine, other);
        }

        Assert.Equal(ofTwo, await MayAsync(() => _bed.Get<LeadMergings>().UndoAsync(actor, other, Token)));
    }

    [Fact]
    public async Task OtherAgentsLead_MergedByAManager_IsItsAgentsToRead_AndTheWayIsNotShown()
    {
        var (kept, gone) = (await _bed.ClientAsync(_bed.Olena, 1), await _bed.ClientAsync(_bed.Taras, 2));
        await _bed.MergeAsync(_bed.Nina, kept, gone);

        Assert.Equal(
            new LeadMergedInto(null, null),
            (await _bed.Get<LeadQueries>().DetailsAsync(_bed.Taras, gone, Token)).MergedInto
        );
        Assert.Equal(kept, (await _bed.Get<LeadQueries>().DetailsAsync(_bed.Nina, gone, Token)).MergedInto!.Id);
        Assert.False((await Queries.OfAsync(_bed.Olena, kept, Token)).Absorbed.Single().MaySee);
    }

    [Fact]
    public async Task ToldApart_HidesThePairOnBothSides_UntilItIsTakenBack()
    {
        var (one, other) = (await _bed.ClientAsync(_bed.Olena, 1), await _bed.ClientAsync(_bed.Olena, 2));
        var pairs = _bed.Get<ClientPairs>();

        await pairs.TellApartAsync(_bed.Olena, other, one, Token);
        await pairs.TellApartAsync(_bed.Olena, one, other, Token);

        Assert.Empty(await FoundAsync(_bed.Olena, one));
        Assert.Empty(await FoundAsync(_bed.Nina, other));
        Assert.True((await Queries.CompareAsync(_bed.Olena, one, other, Token)).AreToldApart);
        Assert.Equal(2, await CountAsync(LeadEventKind.ToldApart));

        await pairs.TakeBackAsync(_bed.Olena, one, other, Token);

        Assert.Equal([other], await FoundAsync(_bed.Olena, one));
        Assert.Equal([one], await FoundAsync(_bed.Olena, other));
        Assert.Equal(2, await CountAsync(LeadEventKind.ToldApartUndone));
    }

    [Fact]
    public async Task SharedPhone_IsSettledByTellingApart_AndComesBackWithIt()
    {
        var first = (await _bed.LeadAsync(_bed.Taras, 1)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));
        var second = (await _bed.LeadAsync(_bed.Olena, 1)).Id;

        await _bed.Get<ClientPairs>().TellApartAsync(_bed.Nina, first, second, Token);
        Assert.Equal(Attention.None, (await _bed.LoadAsync(first)).Attention);
        Assert.Equal(Attention.None, (await _bed.LoadAsync(second)).Attention);

        await _bed.Get<ClientPairs>().TakeBackAsync(_bed.Nina, first, second, Token);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(first)).Attention);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(second)).Attention);
    }

    private async Task<IEnumerable<Guid>> FoundAsync(Actor actor, Guid leadId) =>
        (await Queries.OfAsync(actor, leadId, Token)).Suspects.Select(row => row.Id);

    private Task<int> CountAsync(LeadEventKind kind) =>
        _bed.ReadAsync(db => db.LeadEvents.CountAsync(row => row.Kind == kind, Token));

    private async Task PairAsync(Actor actor, Guid one, Guid other)
    {
        await _bed.Get<ClientPairs>().TellApartAsync(actor, one, other, Token);
        await _bed.Get<ClientPairs>().TakeBackAsync(actor, one, other, Token);
    }

    private async Task<Guid> AddAsync(Actor agent, int number, Func<LeadInput, LeadInput> change) =>
        (await _bed.Get<LeadService>().CreateAsync(agent, change(HubBed.Input(number)), null, Token)).Id;

    private static async Task<bool> MayAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }
}
