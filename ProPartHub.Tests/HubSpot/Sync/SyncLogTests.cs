using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>The log is read page by page, whole by admins and about one lead by those who see it.</summary>
public sealed class SyncLogTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SyncLogQueries Log => _desk.Get<SyncLogQueries>();

    public async ValueTask InitializeAsync() => _desk = await SyncDesk.CreateAsync(Token);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Pages_FollowEachOther_WithoutLossOrRepetition()
    {
        var lead = await _desk.LeadAsync(1);
        for (var number = 0; number < SyncLogQueries.PageSize + 1; number++)
        {
            await _desk.LogAsync(lead.Id, SyncJournal.DealUpdated, $"{number}");
        }

        var first = await Log.PageAsync(_desk.Bed.Ada, onlyFailed: false, before: null, Token);
        var second = await Log.PageAsync(_desk.Bed.Ada, onlyFailed: false, first.Older, Token);

        Assert.Equal("50", first.Rows[0].Detail);
        Assert.Equal(SyncLogQueries.PageSize, first.Rows.Count);
        Assert.Equal("0", Assert.Single(second.Rows).Detail);
        Assert.Null(second.Older);
        Assert.Equal((lead.Number, "Клієнт 1"), (first.Rows[0].LeadNumber, first.Rows[0].ClientName));
    }

    [Fact]
    public async Task OnlyFailed_ShowsRefusalsAlone_ByTheirOwnIndex()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.LogAsync(lead.Id, SyncJournal.DealUpdated, "Country");
        await _desk.LogAsync(lead.Id, SyncJournal.Parked, "no");

        var failed = await Log.PageAsync(_desk.Bed.Ada, onlyFailed: true, before: null, Token);

        Assert.Equal("no", Assert.Single(failed.Rows).Detail);
    }

    [Fact]
    public async Task Throughput_CountsTheLastDayBySpan_WithoutGaps()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.LogAsync(lead.Id, SyncJournal.DealUpdated, "an hour ago");
        await _desk.LogAsync(lead.Id, SyncJournal.LeadChanged, "an hour ago", isTaken: true);
        _desk.Bed.Time.Advance(TimeSpan.FromHours(1));
        await _desk.LogAsync(lead.Id, SyncJournal.Parked, "now");
        await _desk.LogAsync(null, SyncJournal.StagesRead, "about no lead");

        var day = await _desk.Get<ThroughputQueries>().DayAsync(_desk.Bed.Ada, Token);

        Assert.Equal(ThroughputQueries.Spans, day.Count);
        Assert.Equal((0, 0, 1), (day[^1].Sent, day[^1].Taken, day[^1].Failed));
        Assert.Equal((1, 1, 0), (day[^3].Sent, day[^3].Taken, day[^3].Failed));
        Assert.Equal(3, day.Sum(span => span.Sent + span.Taken + span.Failed));
        Assert.All(
            day.Zip(day.Skip(1)),
            pair => Assert.Equal(ThroughputQueries.Span, pair.Second.From - pair.First.From)
        );

        _desk.Bed.Time.Advance(TimeSpan.FromDays(2));
        Assert.All(
            await _desk.Get<ThroughputQueries>().DayAsync(_desk.Bed.Ada, Token),
            span => Assert.Equal(0, span.Sent + span.Taken + span.Failed)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _desk.Get<ThroughputQueries>().DayAsync(_desk.Bed.Nina, Token)
        );
    }

    [Fact]
    public async Task OfLead_IsForThoseWhoSeeIt_AndTellsOfNoOther()
    {
        var lead = await _desk.LeadAsync(1);
        var other = await _desk.LeadAsync(2);
        await _desk.LogAsync(lead.Id, SyncJournal.DealCreated, "77");
        await _desk.LogAsync(other.Id, SyncJournal.DealCreated, "78");
        await _desk.LogAsync(null, SyncJournal.StagesRead, null);

        var rows = await Log.OfLeadAsync(_desk.Bed.Olena, lead.Id, Token);

        Assert.Equal("77", Assert.Single(rows).Detail);
        await Assert.ThrowsAsync<NotFoundException>(() => Log.OfLeadAsync(_desk.Bed.James, lead.Id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Log.PageAsync(_desk.Bed.Nina, onlyFailed: false, null, Token)
        );
    }

    [Fact]
    public void Remaining_FollowsThePaceSoFar()
    {
        var start = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var part = new ImportProgress("deals", 25_000, 100_000, IsDone: false, start);

        Assert.Equal(TimeSpan.FromMinutes(30), part.RemainingAt(start.AddMinutes(10)));
        Assert.Null((part with { Imported = 0 }).RemainingAt(start.AddMinutes(10)));
        Assert.Null((part with { Total = null }).RemainingAt(start.AddMinutes(10)));
        Assert.Null((part with { IsDone = true }).RemainingAt(start.AddMinutes(10)));
    }
}
