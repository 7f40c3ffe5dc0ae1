using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Boards;

/// <summary>What is done on an old sight of a lead never undoes what a colleague did meanwhile.</summary>
public sealed class ExpectedPlaceTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    private FollowUpService FollowUps => _bed.Get<FollowUpService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OfTwoMovesFromTheSameSight_TheFirstHolds()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var (seen, won) = (await _bed.StageAsync(LeadStatus.New), await _bed.StageAsync(LeadStatus.Won));
        var qualified = await _bed.StageAsync(LeadStatus.Qualified);
        await Leads.MoveFromAsync(_bed.Olena, lead.Id, seen, qualified, null, Token);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.MoveFromAsync(_bed.Nina, lead.Id, seen, won, null, Token)
        );

        Assert.Equal(FieldErrorCode.MovedMeanwhile, refusal.Errors[0].Code);
        Assert.Equal(qualified, (await _bed.LoadAsync(lead.Id)).StageId);
        // Both meant the same: nothing is refused.
        await Leads.MoveFromAsync(_bed.Nina, lead.Id, seen, qualified, null, Token);
    }

    [Fact]
    public async Task OfTwoHandOversFromTheSameSight_TheFirstHolds()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await Leads.TransferFromAsync(_bed.Nina, lead.Id, _bed.Olena.UserId, _bed.Taras.UserId, null, Token);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Leads.TransferFromAsync(_bed.Nina, lead.Id, _bed.Olena.UserId, null, null, Token)
        );

        Assert.Equal(FieldErrorCode.MovedMeanwhile, refusal.Errors[0].Code);
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.TransferFromAsync(_bed.Taras, lead.Id, _bed.Taras.UserId, null, null, Token)
        );
    }

    [Fact]
    public async Task MovedFollowUp_GoesBack_AlsoToATimeThatLiesBehind()
    {
        var (lead, id) = (await _bed.LeadAsync(_bed.Olena, 1), Guid.CreateVersion7());
        var (before, after) = (_bed.Time.GetUtcNow().AddHours(1), _bed.Time.GetUtcNow().AddDays(2));
        await FollowUps.AddAsync(_bed.Olena, id, lead.Id, new("Подзвонити", null, before), Token);
        _bed.Time.Advance(TimeSpan.FromHours(5));
        await EditAsync(id, before, after);

        Assert.True(await FollowUps.PutBackDueAsync(_bed.Olena, id, after, Token));
        Assert.Equal(before, Assert.Single(await OpenAsync(lead.Id)).DueAt);

        // Once is enough, and no other time can be made up.
        Assert.False(await FollowUps.PutBackDueAsync(_bed.Olena, id, after, Token));
    }

    [Fact]
    public async Task FollowUpThatSomebodyHasMovedOn_StaysThere()
    {
        var (lead, id) = (await _bed.LeadAsync(_bed.Olena, 1), Guid.CreateVersion7());
        var now = _bed.Time.GetUtcNow();
        await FollowUps.AddAsync(_bed.Olena, id, lead.Id, new("Подзвонити", null, now.AddDays(1)), Token);
        await EditAsync(id, now.AddDays(1), now.AddDays(2));
        await EditAsync(id, now.AddDays(2), now.AddDays(3));

        Assert.False(await FollowUps.PutBackDueAsync(_bed.Olena, id, now.AddDays(2), Token));

        Assert.Equal(now.AddDays(3), Assert.Single(await OpenAsync(lead.Id)).DueAt);
    }

    private Task EditAsync(Guid id, DateTimeOffset before, DateTimeOffset after) =>
        FollowUps.EditAsync(
            _bed.Olena,
            id,
            new("Подзвонити", null, before),
            new("Подзвонити", null, after),
            overrule: false,
            Token
        );

    private Task<IReadOnlyList<FollowUpView>> OpenAsync(Guid leadId) =>
        _bed.Get<FollowUpQueries>().OpenAsync(_bed.Olena, leadId, Token);
}
