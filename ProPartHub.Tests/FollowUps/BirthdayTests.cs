using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.FollowUps;

/// <summary>Birthdays become follow-ups in the agency's morning some days ahead, once a year.</summary>
public sealed class BirthdayTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BirthdayFollowUps Birthdays => _bed.Get<BirthdayFollowUps>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Made_InTheMorningDaysAhead_DueOnTheDay_OnceAYear()
    {
        await OnAsync(daysAhead: 2);
        await LeadAsync(1, new DateOnly(1980, 3, 5));
        // The third of March, a minute before nine in Kyiv.
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 6, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, await Birthdays.MakeAsync(Token));

        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Birthdays.MakeAsync(Token));
        Assert.Equal(0, await Birthdays.MakeAsync(Token));

        var followUp = await _bed.ReadAsync(db => db.FollowUps.SingleAsync());
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 7, 0, 0, TimeSpan.Zero), followUp.DueAt);
        Assert.Equal(("День народження клієнта", ChangeOrigin.System), (followUp.Title, followUp.Origin));
        await _bed.Get<FollowUpService>().DeleteAsync(_bed.Olena, followUp.Id, Token);
        Assert.Equal(0, await Birthdays.MakeAsync(Token));

        _bed.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(1, await Birthdays.MakeAsync(Token));
    }

    [Fact]
    public async Task MissedMornings_AreMadeUpFor_UntilTheDayIsOver()
    {
        await OnAsync(daysAhead: 2);
        await LeadAsync(1, new DateOnly(1980, 3, 5));
        await LeadAsync(2, new DateOnly(1980, 3, 4));
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 3, 5, 20, 0, 0, TimeSpan.Zero));

        Assert.Equal(1, await Birthdays.MakeAsync(Token));
    }

    [Theory]
    [InlineData(2027, 2, 28)]
    [InlineData(2028, 2, 29)]
    public async Task BornOnTheLeapDay_HasItOnTheTwentyEighthInOtherYears(int year, int month, int day)
    {
        await OnAsync(daysAhead: 0);
        await LeadAsync(1, new DateOnly(1992, 2, 29));
        var made = new List<DateOnly>();
        for (var days = 0; days < 40; days++)
        {
            _bed.Time.SetUtcNow(new DateTimeOffset(year, 2, 1, 12, 0, 0, TimeSpan.Zero).AddDays(days));
            if (await Birthdays.MakeAsync(Token) > 0)
            {
                made.Add(DateOnly.FromDateTime(_bed.Time.GetUtcNow().DateTime));
            }
        }

        Assert.Equal([new DateOnly(year, month, day)], made);
    }

    [Fact]
    public async Task ClientWithSeveralLeads_LostAndArchivedOnes_AndWhileItIsOff()
    {
        var birth = new DateOnly(1980, 3, 2);
        var lead = await LeadAsync(1, birth);
        var lost = await LeadAsync(2, birth);
        await SetStatusAsync(lost, LeadStatus.Lost);
        var archived = await LeadAsync(3, birth);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived, Token);
        var won = await LeadAsync(4, birth);
        await SetStatusAsync(won, LeadStatus.Won);
        var again = await LeadAsync(4, birth);
        Assert.Equal(0, await Birthdays.MakeAsync(Token));

        await OnAsync(daysAhead: 0);
        Assert.Equal(2, await Birthdays.MakeAsync(Token));
        Assert.Equal(
            new[] { lead, again }.Order(),
            (await _bed.ReadAsync(db => db.FollowUps.Select(row => row.LeadId).ToListAsync())).Order()
        );
    }

    private async Task OnAsync(int daysAhead) =>
        Assert.True(
            await Birthdays.SaveRuleAsync(
                _bed.Ada,
                await Birthdays.RuleAsync(_bed.Ada, Token),
                new()
                {
                    IsOn = true,
                    DaysAhead = daysAhead,
                    Title = "День народження клієнта",
                },
                Token
            )
        );

    private async Task<Guid> LeadAsync(int number, DateOnly birth) =>
        (
            await _bed.Get<LeadService>()
                .CreateAsync(_bed.Olena, HubBed.Input(number) with { BirthDate = birth }, null, Token)
        ).Id;

    private async Task SetStatusAsync(Guid lead, LeadStatus status) =>
        await _bed.Get<LeadService>()
            .MoveAsync(
                _bed.Olena,
                lead,
                await _bed.StageAsync(status),
                status is LeadStatus.Lost ? LeadOptions.For(LeadField.RefusalReason)![0] : null,
                Token
            );
}
