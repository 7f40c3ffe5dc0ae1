using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Boards;

/// <summary>Pages of a column meet without gap or repetition in both directions, and a card knows what is planned, said and refused.</summary>
public sealed class BoardCardTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BoardQueries Boards => _bed.Get<BoardQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(BoardGrouping.Stage)]
    [InlineData(BoardGrouping.Agent)]
    [InlineData(BoardGrouping.FollowUp)]
    public async Task Pages_MeetWithoutGapOrRepetition_DownAndUp(BoardGrouping grouping)
    {
        // Three share each instant, so that the order has to tell them apart by id.
        var expected = new HashSet<Guid>();
        for (var number = 0; number < 23; number++)
        {
            var lead = await _bed.LeadAsync(_bed.Olena, number);
            expected.Add(lead.Id);
            var due = _bed.Time.GetUtcNow().AddDays(40);
            await _bed.Get<FollowUpService>()
                .AddAsync(_bed.Olena, Guid.CreateVersion7(), lead.Id, new("Справа", null, due), Token);
            _bed.Time.Advance(number % 3 == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
        }

        var query = await _bed.BoardAsync(grouping);
        var columns = await Boards.ColumnsAsync(_bed.Nina, query, Token);
        var place = columns.Single(column => column.Count == 23).Place;
        var down = await WalkAsync(query, new BoardSlice(place, Take: 5));
        var up = await WalkAsync(query, new BoardSlice(place, down[^1], SliceWay.Above, 5));

        Assert.Equal(23, down.Count);
        Assert.Equal(expected, down.Select(card => card.Id).ToHashSet());
        Assert.Equal(down.Take(22), up);
        var again = await Boards.CardsAsync(
            _bed.Nina,
            query,
            [new BoardSlice(place, down[7], SliceWay.FromHere, 4)],
            Token
        );
        Assert.Equal(down.Skip(7).Take(4), again[0].Cards);
    }

    [Fact]
    public async Task Card_KnowsTheNextFollowUp_TheLastWord_AndWhatHubSpotRefuses()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var plain = await _bed.LeadAsync(_bed.Olena, 2);
        var now = _bed.Time.GetUtcNow();
        var next = Guid.CreateVersion7();
        var followUps = _bed.Get<FollowUpService>();
        await followUps.AddAsync(
            _bed.Olena,
            Guid.CreateVersion7(),
            lead.Id,
            new("Пізніше", null, now.AddDays(9)),
            Token
        );
        await followUps.AddAsync(_bed.Olena, next, lead.Id, new("Подзвонити", null, now.AddDays(1)), Token);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    db.Comments.Add(Comment(lead.Id, "Олена", ChangeOrigin.Portal, now));
                    db.Comments.Add(Comment(lead.Id, "Марія з офісу", ChangeOrigin.HubSpot, now.AddMinutes(1)));
                    await db
                        .Outbox.Where(entry => entry.SubjectId == lead.Id)
                        .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.ParkedAt, now), token);
                },
                Token
            );

        var cards = await Boards.CardsOfAsync(
            _bed.Nina,
            await _bed.BoardAsync(BoardGrouping.Stage),
            [lead.Id, plain.Id],
            Token
        );

        var card = cards.Single(row => row.Id == lead.Id);
        Assert.Equal((next, "Подзвонити", now.AddDays(1)), (card.FollowUpId, card.FollowUpTitle, card.FollowUpAt));
        Assert.Equal(("Марія з офісу", true, true), (card.CommentBy, card.AwaitsAnswer, card.IsParked));
        var bare = cards.Single(row => row.Id == plain.Id);
        Assert.Equal((null, null, false), (bare.FollowUpId, bare.CommentBy, bare.IsParked));
    }

    [Fact]
    public async Task Card_ShowsItsFirstTags_AndCountsAll()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var bare = await _bed.LeadAsync(_bed.Olena, 2);
        var tags = _bed.Get<TagService>();
        foreach (
            var (name, colour) in new[]
            {
                ("Яхта", TagColour.Red),
                ("Готівка", TagColour.Green),
                ("Ґанок", TagColour.Blue),
            }
        )
        {
            var tag = Guid.CreateVersion7();
            await tags.SaveAsync(_bed.Nina, tag, name, colour, Token);
            await tags.SetAsync(_bed.Olena, lead.Id, tag, isOn: true, Token);
        }

        var retired = Guid.CreateVersion7();
        await tags.SaveAsync(_bed.Nina, retired, "Авто", TagColour.Teal, Token);
        await tags.SetAsync(_bed.Olena, lead.Id, retired, isOn: true, Token);
        await tags.RetireAsync(_bed.Nina, retired, isRetired: true, Token);
        var query = await _bed.BoardAsync(BoardGrouping.Stage);
        _bed.Sql.Reset();

        var cards = await Boards.CardsAsync(_bed.Nina, query, [new(new StagePlace(query.Stages[0]))], Token);

        Assert.Single(_bed.Sql.Commands);
        var card = cards[0].Cards.Single(one => one.Id == lead.Id);
        Assert.Equal([new("Готівка", TagColour.Green), new("Ґанок", TagColour.Blue)], card.Tags);
        Assert.Equal(3, card.TagCount);
        Assert.Empty(cards[0].Cards.Single(one => one.Id == bare.Id).Tags);
    }

    [Fact]
    public async Task Lead_GoesQuiet_WhenNothingHappensAndNothingIsPlanned()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var query = await _bed.BoardAsync(BoardGrouping.Stage);
        var card = Assert.Single(await Boards.CardsOfAsync(_bed.Nina, query, [lead.Id], Token));
        var now = _bed.Time.GetUtcNow();

        Assert.False(card.IsQuiet(now));
        Assert.True(card.IsQuiet(now.AddSeconds(1)));
        Assert.False((card with { FollowUpId = Guid.CreateVersion7() }).IsQuiet(now.AddSeconds(1)));
        Assert.False((card with { Status = LeadStatus.Won }).IsQuiet(now.AddSeconds(1)));
        Assert.False((card with { IsArchived = true }).IsQuiet(now.AddSeconds(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CardsAfresh_LeaveOutWhatTheReaderMayNotSee_AndWhatTheBoardLeavesOut(bool isFiltered)
    {
        var filter = isFiltered ? new LeadListQuery { Search = "Клієнт" } : new LeadListQuery();
        var own = await _bed.LeadAsync(_bed.Olena, 1);
        var foreign = await _bed.LeadAsync(_bed.James, 2);
        var archived = await _bed.LeadAsync(_bed.Olena, 3);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived.Id, Token);
        var won = await _bed.LeadAsync(_bed.Olena, 4);
        await _bed.Get<LeadService>().MoveAsync(_bed.Olena, won.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);
        Guid[] all = [own.Id, foreign.Id, archived.Id, won.Id];

        var byStage = await Boards.CardsOfAsync(
            _bed.Nina,
            await _bed.BoardAsync(BoardGrouping.Stage, filter),
            all,
            Token
        );
        var byAgent = await Boards.CardsOfAsync(
            _bed.Nina,
            await _bed.BoardAsync(BoardGrouping.Agent, filter),
            all,
            Token
        );

        Assert.Equal(new[] { own.Id, won.Id }.Order(), byStage.Select(card => card.Id).Order());
        Assert.Equal([own.Id], byAgent.Select(card => card.Id));
    }

    private async Task<IReadOnlyList<BoardCard>> WalkAsync(BoardQuery query, BoardSlice slice)
    {
        var cards = new List<BoardCard>();
        for (var hasMore = true; hasMore; )
        {
            var page = Assert.Single(await Boards.CardsAsync(_bed.Nina, query, [slice], Token));
            var isUp = slice.Way is SliceWay.Above;
            cards.InsertRange(isUp ? 0 : cards.Count, page.Cards);
            slice = slice with { Card = isUp ? page.Cards[0] : page.Cards[^1] };
            hasMore = page.HasMore;
        }

        return cards;
    }

    private static Comment Comment(Guid leadId, string author, ChangeOrigin origin, DateTimeOffset at) =>
        new()
        {
            LeadId = leadId,
            AuthorName = author,
            Body = "Слова",
            Origin = origin,
            CreatedAt = at,
        };
}
