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
