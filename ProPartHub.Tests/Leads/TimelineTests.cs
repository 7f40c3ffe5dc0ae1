using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>A timeline is read page by page without losing an entry, and answers stand beside what they answer.</summary>
public sealed class TimelineTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(TimelineKinds.All, 26)]
    [InlineData(TimelineKinds.Comments, 25)]
    public async Task Pages_ShowEveryEntryOnce_AlsoThoseOfOneInstant(TimelineKinds kinds, int expected)
    {
        foreach (var together in new[] { 3, 4, 1, 9, 8 })
        {
            _bed.Time.Advance(TimeSpan.FromMinutes(1));
            for (var number = 0; number < together; number++)
            {
                await CommentAsync($"{together}-{number}");
            }
        }

        var read = new List<TimelineEntry>();
        var page = await PageAsync(kinds, null, 5);
        read.AddRange(page.Entries);
        while (page.HasMore)
        {
            page = await PageAsync(kinds, read[^1].At, 5);
            read.AddRange(page.Entries);
        }

        Assert.Equal(expected, read.Count);
        Assert.Equal(expected, read.DistinctBy(entry => entry.Key).Count());
        Assert.Equal(
            read.OrderByDescending(entry => entry.At).Select(entry => entry.Key),
            read.Select(entry => entry.Key)
        );
    }

    [Fact]
    public async Task LastPage_SaysThatNothingFollows()
    {
        for (var number = 0; number < 5; number++)
        {
            _bed.Time.Advance(TimeSpan.FromMinutes(1));
            await CommentAsync($"{number}");
        }

        Assert.False((await PageAsync(TimelineKinds.Comments, null, 5)).HasMore);
        Assert.True((await PageAsync(TimelineKinds.Comments, null, 4)).HasMore);
    }

    [Fact]
    public async Task Answer_ShowsWhatItAnswers_UntilThatIsDeleted()
    {
        var first = await CommentAsync("Коли перегляд?");
        await _bed.Get<CommentService>().AddAsync(_bed.Nina, Guid.CreateVersion7(), _lead, "У п’ятницю", first, Token);

        Assert.Contains(await QuotesAsync(), quote => quote == (_bed.Olena.Name, "Коли перегляд?"));

        await _bed.Get<CommentService>().DeleteAsync(_bed.Olena, first, Token);
        Assert.Equal([(null, null)], await QuotesAsync());
    }

    [Theory]
    [InlineData(TimelineKinds.Calls, ActivityKind.Call)]
    [InlineData(TimelineKinds.Mails, ActivityKind.Email)]
    [InlineData(TimelineKinds.Meetings, ActivityKind.Meeting)]
    public async Task KindOfActivity_IsReadAlone(TimelineKinds kinds, ActivityKind expected)
    {
        await CommentAsync("думка");
        await using (var db = await _bed.Get<HubDatabase>().ReadAsync(Token))
        {
            db.Activities.AddRange(
                Enum.GetValues<ActivityKind>()
                    .Select(kind => new Activity
                    {
                        LeadId = _lead,
                        Kind = kind,
                        HubSpotId = $"{kind}",
                        OccurredAt = _bed.Time.GetUtcNow(),
                    })
            );
            await db.SaveChangesAsync(Token);
        }

        var entry = Assert.Single((await PageAsync(kinds, null, 5)).Entries);
        Assert.Equal(expected, entry.Activity?.Kind);
    }

    [Fact]
    public async Task EventsOfFollowUps_AreReadWithFollowUps_NotWithChanges()
    {
        var id = Guid.CreateVersion7();
        var service = _bed.Get<FollowUpService>();
        await service.AddAsync(
            _bed.Olena,
            id,
            _lead,
            new("Зателефонувати", null, _bed.Time.GetUtcNow().AddDays(1)),
            Token
        );
        await service.DeleteAsync(_bed.Olena, id, Token);

        var ofFollowUps = Assert.Single((await PageAsync(TimelineKinds.FollowUps, null, 5)).Entries);
        Assert.Equal(LeadEventKind.FollowUpDeleted, ofFollowUps.Event?.Kind);
        var ofChanges = Assert.Single((await PageAsync(TimelineKinds.Changes, null, 5)).Entries);
        Assert.Equal(LeadEventKind.Created, ofChanges.Event?.Kind);
    }

    private async Task<Guid> CommentAsync(string text)
    {
        var id = Guid.CreateVersion7();
        await _bed.Get<CommentService>().AddAsync(_bed.Olena, id, _lead, text, null, Token);
        return id;
    }

    private async Task<IEnumerable<(string?, string?)>> QuotesAsync() =>
        (await PageAsync(TimelineKinds.Comments, null, 5)).Entries.Select(entry =>
            (entry.Comment!.QuotedAuthor, entry.Comment.QuotedBody)
        );

    private Task<TimelinePage> PageAsync(TimelineKinds kinds, DateTimeOffset? before, int size) =>
        _bed.Get<TimelineQueries>().PageAsync(_bed.Olena, _lead, kinds, before, size, Token);
}
