using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.FollowUps;

/// <summary>A follow-up that repeats comes again once it is done: one of it, at the right hour, and not against anybody's will.</summary>
public sealed class RepeatedFollowUpTests : IAsyncLifetime
{
    private static readonly AgencyCalendar Kyiv = new(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone));

    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FollowUpService Service => _bed.Get<FollowUpService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(FollowUpRepeat.Daily, "2026-03-27T10:00", "2026-03-28T10:00")]
    [InlineData(FollowUpRepeat.Weekly, "2026-03-27T10:00", "2026-04-03T10:00")]
    [InlineData(FollowUpRepeat.Fortnightly, "2026-03-27T10:00", "2026-04-10T10:00")]
    [InlineData(FollowUpRepeat.Monthly, "2026-01-31T10:00", "2026-02-28T10:00")]
    [InlineData(FollowUpRepeat.Quarterly, "2026-11-30T10:00", "2027-02-28T10:00")]
    [InlineData(FollowUpRepeat.Yearly, "2028-02-29T10:00", "2029-02-28T10:00")]
    public void Rhythm_KeepsTheHourInKyiv(FollowUpRepeat repeat, string from, string next)
    {
        var moment = At(from);

        Assert.Equal(At(next), Kyiv.Next(repeat, moment, after: moment));
    }

    [Fact]
    public void Rhythm_IsCountedFromItsBeginning_SoThatTheLastDayComesBack()
    {
        var from = At("2026-01-31T10:00");

        Assert.Equal(At("2026-03-31T10:00"), Kyiv.Next(FollowUpRepeat.Monthly, from, after: At("2026-02-28T10:00")));
        // Three weeks missed are one follow-up, not three.
        Assert.Equal(At("2026-02-28T10:00"), Kyiv.Next(FollowUpRepeat.Weekly, from, after: At("2026-02-22T09:00")));
    }

    [Theory]
    [InlineData(FollowUpRepeat.Daily)]
    [InlineData(FollowUpRepeat.Monthly)]
    [InlineData(FollowUpRepeat.Yearly)]
    public async Task Rhythm_EndsWithTheCalendar_AndStopsNobodyElses(FollowUpRepeat repeat)
    {
        var (last, other) = (await AddAsync(repeat), await AddAsync(FollowUpRepeat.Weekly));
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .FollowUps.Where(row => row.Id == last.Id)
                        .ExecuteUpdateAsync(
                            row => row.SetProperty(each => each.DueAt, DateTimeOffset.MaxValue.AddMinutes(-30)),
                            token
                        ),
                Token
            );
        await Service.SetDoneAsync(_bed.Olena, last.Id, isDone: true, Token);
        await Service.SetDoneAsync(_bed.Olena, other.Id, isDone: true, Token);

        Assert.Equal(1, await MakeAsync());

        Assert.Equal(other.DueAt.AddDays(7), (await OpenAsync()).DueAt);
        Assert.Equal(0, await MakeAsync());
    }

    [Fact]
    public async Task Done_BringsTheNext_Once_AndEachAfterIt()
    {
        var first = await AddAsync(FollowUpRepeat.Weekly);
        Assert.Equal(0, await MakeAsync());
        await Service.SetDoneAsync(_bed.Olena, first.Id, isDone: true, Token);

        Assert.Equal(1, await MakeAsync());
        Assert.Equal(0, await MakeAsync());

        var next = await OpenAsync();
        Assert.Equal(
            (first.Title, first.Details, first.DueAt.AddDays(7), FollowUpRepeat.Weekly, _bed.Olena.Name),
            (next.Title, next.Details, next.DueAt, next.Repeat, next.AuthorName)
        );
        Assert.Equal(1, await _bed.ReadAsync(db => db.Outbox.CountAsync(row => row.SubjectId == next.Id, Token)));
        var told = await _bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(row => row.SubjectId == next.Id && row.Kind == LeadEventKind.FollowUpAdded, Token)
        );
        Assert.Contains(new FieldChange(FollowUpFields.Repeat, null, "Weekly"), told.Changes);

        await Service.SetDoneAsync(_bed.Olena, next.Id, isDone: true, Token);
        Assert.Equal(1, await MakeAsync());
        Assert.Equal(first.DueAt.AddDays(14), (await OpenAsync()).DueAt);
    }

    [Fact]
    public async Task OpenedAgain_TakesTheNextAway_UnlessSomebodyTouchedIt()
    {
        var first = await AddAsync(FollowUpRepeat.Weekly);
        await DoAsync(first);
        await Service.SetDoneAsync(_bed.Olena, first.Id, isDone: false, Token);
        Assert.Equal(first.Id, (await OpenAsync()).Id);

        await DoAsync(first);
        var next = await OpenAsync();
        var opened = new FollowUpInput(next.Title, next.Details, next.DueAt, next.Repeat);
        await Service.EditAsync(
            _bed.Nina,
            next.Id,
            opened,
            opened with
            {
                DueAt = next.DueAt.AddDays(1),
            },
            false,
            Token
        );
        await Service.SetDoneAsync(_bed.Olena, first.Id, isDone: false, Token);
        await DoAsync(first);

        // Nina's stands, and no third came.
        Assert.Equal((next.Id, next.DueAt.AddDays(1)), await IdAndDueAsync());
    }

    [Fact]
    public async Task MoveThatIsTakenBack_LeavesTheRhythmAsItWas()
    {
        await DoAsync(await AddAsync(FollowUpRepeat.Monthly));
        var before = await OpenAsync();
        await MoveAsync(before, before.DueAt.AddDays(3));
        var moved = await OpenAsync();
        Assert.Null(moved.RepeatFrom);

        Assert.True(await Service.PutBackDueAsync(_bed.Olena, before.Id, moved.DueAt, Token));

        var back = await OpenAsync();
        Assert.NotNull(back.RepeatFrom);
        Assert.Equal((before.DueAt, before.RepeatFrom), (back.DueAt, back.RepeatFrom));
        Assert.Contains(
            new FieldChange(FollowUpFields.Rhythm, null, FollowUpFields.ToText(before.RepeatFrom!.Value)),
            await LastChangesAsync(before.Id)
        );
    }

    [Fact]
    public async Task MoveThatIsTakenBack_LeavesARhythmThatWasSetSince()
    {
        await DoAsync(await AddAsync(FollowUpRepeat.Monthly));
        var before = await OpenAsync();
        await MoveAsync(before, before.DueAt.AddDays(3));
        var moved = await OpenAsync();
        var opened = new FollowUpInput(moved.Title, moved.Details, moved.DueAt, moved.Repeat);
        var weekly = opened with { Repeat = FollowUpRepeat.Weekly };
        await Service.EditAsync(_bed.Nina, moved.Id, opened, weekly, false, Token);

        Assert.True(await Service.PutBackDueAsync(_bed.Olena, before.Id, moved.DueAt, Token));

        var back = await OpenAsync();
        Assert.Equal((before.DueAt, FollowUpRepeat.Weekly, null), (back.DueAt, back.Repeat, back.RepeatFrom));
    }

    [Fact]
    public async Task DeletedEndedOrArchived_BringNoNext()
    {
        var deleted = await AddAsync(FollowUpRepeat.Daily);
        await Service.SetDoneAsync(_bed.Olena, deleted.Id, isDone: true, Token);
        await Service.DeleteAsync(_bed.Olena, deleted.Id, Token);
        var ended = await AddAsync(FollowUpRepeat.Daily);
        var opened = new FollowUpInput(ended.Title, ended.Details, ended.DueAt, ended.Repeat);
        await Service.EditAsync(
            _bed.Olena,
            ended.Id,
            opened,
            opened with
            {
                Repeat = FollowUpRepeat.None,
            },
            false,
            Token
        );
        await Service.SetDoneAsync(_bed.Olena, ended.Id, isDone: true, Token);
        Assert.Equal(0, await MakeAsync());

        var resting = await AddAsync(FollowUpRepeat.Daily);
        await Service.SetDoneAsync(_bed.Olena, resting.Id, isDone: true, Token);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, _lead, Token);
        Assert.Equal(0, await MakeAsync());
        await _bed.Get<LeadService>().RestoreAsync(_bed.Olena, _lead, Token);
        Assert.Equal(1, await MakeAsync());
    }

    [Fact]
    public async Task UnknownRhythm_IsRefusedAtItsField()
    {
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => AddAsync((FollowUpRepeat)99));

        Assert.Equal(
            (FollowUpFields.Repeat, FieldErrorCode.UnknownOption),
            (refusal.Errors[0].Field, refusal.Errors[0].Code)
        );
    }

    private static DateTimeOffset At(string local)
    {
        var moment = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        return Kyiv.At(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment));
    }

    private async Task<FollowUp> AddAsync(FollowUpRepeat repeat)
    {
        var id = Guid.CreateVersion7();
        var input = new FollowUpInput(
            "Нагадати про внесок",
            "Рахунок у листі",
            _bed.Time.GetUtcNow().AddDays(1),
            repeat
        );
        await Service.AddAsync(_bed.Olena, id, _lead, input, Token);
        return await _bed.ReadAsync(db => db.FollowUps.SingleAsync(row => row.Id == id, Token));
    }

    // As a board by days does it.
    private Task MoveAsync(FollowUp followUp, DateTimeOffset due)
    {
        var opened = new FollowUpInput(followUp.Title, null, followUp.DueAt);
        return Service.EditAsync(_bed.Olena, followUp.Id, opened, opened with { DueAt = due }, false, Token);
    }

    private Task<IReadOnlyList<FieldChange>> LastChangesAsync(Guid followUpId) =>
        _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.SubjectId == followUpId)
                .OrderByDescending(row => row.Id)
                .Select(row => row.Changes)
                .FirstAsync(Token)
        );

    private async Task DoAsync(FollowUp followUp)
    {
        await Service.SetDoneAsync(_bed.Olena, followUp.Id, isDone: true, Token);
        await MakeAsync();
    }

    private Task<int> MakeAsync() => _bed.Get<RepeatedFollowUps>().MakeAsync(Token);

    private Task<FollowUp> OpenAsync() =>
        _bed.ReadAsync(db => db.FollowUps.SingleAsync(row => row.DoneAt == null && row.DeletedAt == null, Token));

    private async Task<(Guid, DateTimeOffset)> IdAndDueAsync()
    {
        var open = await OpenAsync();
        return (open.Id, open.DueAt);
    }
}
