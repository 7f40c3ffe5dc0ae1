using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Dashboards;

/// <summary>What changed since somebody was last here: all of it, once, and only what that person may see.</summary>
public sealed class NewsTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SeenMarks Marks => _bed.Get<SeenMarks>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OthersChanges_AreNews_ByLead_AnswersFirst()
    {
        var (moved, answered) = (await _bed.LeadAsync(_bed.Olena, 1), await _bed.LeadAsync(_bed.Olena, 2));
        await SayAsync(_bed.Nina, answered.Id, "Клієнт погодився");
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        await _bed.Get<LeadService>()
            .MoveAsync(_bed.Nina, moved.Id, await _bed.StageAsync(LeadStatus.Contacted), null, Token);

        var news = await ReadAsync(_bed.Olena);

        Assert.Equal([answered.Id, moved.Id], news.Leads.Select(lead => lead.LeadId));
        var item = Assert.Single(news.Leads[0].Items);
        Assert.Equal((LeadEventKind.CommentAdded, "Ніна Коваль", true), (item.Kind, item.ByName, item.IsAnswer));
        Assert.Empty((await ReadAsync(_bed.Taras)).Leads);
        Assert.Empty((await ReadAsync(_bed.Mark)).Leads);
    }

    [Fact]
    public async Task LeadGoneFromSight_IsNoNews()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await SayAsync(_bed.Nina, lead.Id, "Слово");
        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, lead.Id, _bed.James.UserId, null, Token);

        Assert.Empty((await ReadAsync(_bed.Olena)).Leads);
    }

    [Fact]
    public async Task OnlyWhoHasSeen_MovesTheMark_AndTheVisitKeepsShowing()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await SayAsync(_bed.Nina, lead.Id, "Перше");
        Assert.Single((await ReadAsync(_bed.Olena)).Leads);
        var seen = await ReadAsync(_bed.Olena);
        Assert.Single(seen.Leads);

        await Marks.SeenAsync(_bed.Olena, seen.Since, seen.UpTo, Token);
        _bed.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single((await ReadAsync(_bed.Olena)).Leads);

        _bed.Time.Advance(SeenMarks.VisitGap);
        Assert.Empty((await ReadAsync(_bed.Olena)).Leads);
        await SayAsync(_bed.Nina, lead.Id, "Друге");
        var next = Assert.Single((await ReadAsync(_bed.Olena)).Leads);
        Assert.Equal("Друге", Assert.Single(next.Items).Changes.Single().After);
    }

    [Fact]
    public async Task CommittedLate_IsNotMissed_AndWhatWasSeenDoesNotComeAgain()
    {
        var (first, second) = (await _bed.LeadAsync(_bed.Olena, 1), await _bed.LeadAsync(_bed.Olena, 2));
        var (isWritten, mayCommit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    db.LeadEvents.Add(Told(first.Id));
                    await db.SaveChangesAsync(token);
                    isWritten.SetResult();
                    await mayCommit.Task;
                },
                Token
            );
        await isWritten.Task;
        await SayAsync(_bed.Nina, second.Id, "Швидше");

        var seen = await ReadAsync(_bed.Olena);
        Assert.Equal([second.Id], seen.Leads.Select(lead => lead.LeadId));
        await Marks.SeenAsync(_bed.Olena, seen.Since, seen.UpTo, Token);
        mayCommit.SetResult();
        await slow;
        _bed.Time.Advance(SeenMarks.VisitGap + TimeSpan.FromSeconds(1));

        Assert.Equal([first.Id], (await ReadAsync(_bed.Olena)).Leads.Select(lead => lead.LeadId));
    }

    [Fact]
    public async Task MarkOfAnotherServer_FallsBackToTheTime()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var elsewhere = new SeenPlace("900000000000:900000000000:", _bed.Time.GetUtcNow());
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(_bed.Nina, lead.Id, "Слово");

        Assert.Single((await _bed.Get<NewsQueries>().ReadAsync(_bed.Olena, elsewhere, Token)).Leads);
    }

    [Fact]
    public async Task WindowLeftOpen_NeverMovesTheMarkBack()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var old = await ReadAsync(_bed.Olena);
        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(_bed.Nina, lead.Id, "Слово");
        var fresh = await ReadAsync(_bed.Olena);
        await Marks.SeenAsync(_bed.Olena, fresh.Since, fresh.UpTo, Token);

        await Marks.SeenAsync(_bed.Olena, old.Since, old.UpTo, Token);

        _bed.Time.Advance(SeenMarks.VisitGap + TimeSpan.FromSeconds(1));
        Assert.Empty((await ReadAsync(_bed.Olena)).Leads);
    }

    [Fact]
    public async Task AdminWhoLooksThroughTheAgentsEyes_SeesForNobody()
    {
        var looking = _bed.Olena with { ViewerId = _bed.Ada.UserId };
        var news = await ReadAsync(looking);

        await Assert.ThrowsAsync<ForbiddenException>(() => Marks.SeenAsync(looking, news.Since, news.UpTo, Token));

        Assert.Empty(await _bed.ReadAsync(db => db.SeenMarks.ToListAsync(Token)));
    }

    private async Task<News> ReadAsync(Actor actor) =>
        await _bed.Get<NewsQueries>().ReadAsync(actor, await Marks.VisitAsync(actor, Token), Token);

    private Task SayAsync(Actor actor, Guid leadId, string words) =>
        _bed.Get<CommentService>().AddAsync(actor, Guid.CreateVersion7(), leadId, words, null, Token);

    private LeadEvent Told(Guid leadId) =>
        new()
        {
            LeadId = leadId,
            Kind = LeadEventKind.Edited,
            Origin = ChangeOrigin.HubSpot,
            OccurredAt = _bed.Time.GetUtcNow(),
            ActorName = "HubSpot",
            AgentId = _bed.Olena.UserId,
            TeamId = _bed.Olena.TeamId,
        };
}
