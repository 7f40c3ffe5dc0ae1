using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>A merge is no way round the rule of who has a client, and neither is taking it back.</summary>
public sealed class MergePhoneTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _open;
    private Guid _lost;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadMergings Mergings => _bed.Get<LeadMergings>();

    /// <summary>Olena has an open lead by the first phone and a lost one by the second.</summary>
    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _open = await _bed.ClientAsync(_bed.Olena, 1);
        _lost = await _bed.ClientAsync(_bed.Olena, 2);
        await _bed.Get<LeadService>()
            .MoveAsync(_bed.Olena, _lost, await _bed.StageAsync(LeadStatus.Lost), "недостаточный бюджет", Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task PhoneOfALostLead_IsNotTaken_WhileSomebodyElseHasTheClient()
    {
        await _bed.LeadAsync(_bed.Taras, 2);
        var order = await OrderAsync(HubBed.Input(2).Phone);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Mergings.MergeAsync(_bed.Olena, order, Token)
        );

        Assert.Equal((nameof(LeadField.Phone), FieldErrorCode.DuplicateForeign), Refusal(refusal));
        Assert.Null((await _bed.LoadAsync(_lost)).MergedIntoId);
        Assert.Equal(HubBed.Input(1).Phone, (await _bed.LoadAsync(_open)).Phone);
        // The own phone is nobody else's.
        Assert.True(await Mergings.MergeAsync(_bed.Olena, await OrderAsync(HubBed.Input(1).Phone), Token));
    }

    [Fact]
    public async Task PhoneWithoutProtection_IsTaken_AndBothOpenLeadsAreMarked()
    {
        var other = (await _bed.LeadAsync(_bed.Taras, 2)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));

        Assert.True(await Mergings.MergeAsync(_bed.Olena, await OrderAsync(HubBed.Input(2).Phone), Token));

        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(other)).Attention);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(_open)).Attention);
    }

    [Fact]
    public async Task PhoneThatTheMergeGaveUp_ComesBackOnlyWhileNobodyElseHasTheClient()
    {
        var order = await OrderAsync(HubBed.Input(2).Phone);
        Assert.True(await Mergings.MergeAsync(_bed.Olena, order, Token));
        await _bed.LeadAsync(_bed.James, 1);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Mergings.UndoAsync(_bed.Olena, _lost, Token)
        );

        Assert.Equal((nameof(LeadField.Phone), FieldErrorCode.DuplicateForeign), Refusal(refusal));
        Assert.Equal(HubBed.Input(2).Phone, (await _bed.LoadAsync(_open)).Phone);
    }

    [Fact]
    public async Task ThirdLead_IsMarkedOnlyWhileItSharesThePhone()
    {
        var other = (await _bed.LeadAsync(_bed.Taras, 2)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));
        Assert.True(await Mergings.MergeAsync(_bed.Olena, await OrderAsync(HubBed.Input(2).Phone), Token));
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(other)).Attention);

        await Mergings.UndoAsync(_bed.Olena, _lost, Token);

        Assert.Equal(Attention.None, (await _bed.LoadAsync(other)).Attention);
        Assert.Equal(Attention.None, (await _bed.LoadAsync(_open)).Attention);
    }

    [Fact]
    public async Task ThirdLead_StaysMarked_WhereAFourthSharesThePhone()
    {
        var third = (await _bed.LeadAsync(_bed.Taras, 2)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));
        var fourth = (await _bed.LeadAsync(_bed.James, 2)).Id;
        _bed.Time.Advance(TimeSpan.FromDays(91));
        Assert.True(await Mergings.MergeAsync(_bed.Olena, await OrderAsync(HubBed.Input(2).Phone), Token));

        await Mergings.UndoAsync(_bed.Olena, _lost, Token);

        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(third)).Attention);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(fourth)).Attention);
        Assert.Equal(Attention.None, (await _bed.LoadAsync(_open)).Attention);
    }

    private async Task<MergeOrder> OrderAsync(string? phone) =>
        await _bed.OrderAsync(_open, _lost) with
        {
            Values = new Dictionary<LeadField, string?> { [LeadField.Phone] = phone, [LeadField.SecondPhone] = null },
        };

    private static (string, string) Refusal(InvalidInputException refusal) =>
        (refusal.Errors[0].Field, refusal.Errors[0].Code);
}
