using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Catalogue;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Merging;

/// <summary>What hung on a merged lead is afterwards read, decided, sent and taken back where it hangs now.</summary>
public sealed class MergedBelongingsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("propart-merged-");
    private HubBed _bed = null!;
    private Guid _survivor;
    private Guid _loser;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CommentService Comments => _bed.Get<CommentService>();

    /// <summary>Taras looks after the lead that stays, Olena after the other; their manager merges.</summary>
    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _bed.TakeFiles(_folder);
        _survivor = await _bed.ClientAsync(_bed.Taras, 1);
        _loser = await _bed.ClientAsync(_bed.Olena, 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task File_IsReadByTheRightsOfTheLeadThatItsCommentStandsIn()
    {
        var file = await _bed.UploadAsync(_bed.Olena, _loser);
        await Comments.AddAsync(_bed.Olena, Guid.CreateVersion7(), _loser, "Ось план", null, [file], Token);

        await MergeAsync();
        Assert.Equal(_survivor, await LeadOfFileAsync());
        await _bed.Get<LeadMergings>().UndoAsync(_bed.Nina, _loser, Token);
        Assert.Equal(_loser, await LeadOfFileAsync());

        Task<Guid> LeadOfFileAsync() =>
            _bed.ReadAsync(db =>
                db.CommentAttachments.Where(row => row.Id == file).Select(row => row.LeadId).SingleAsync(Token)
            );
    }

    [Fact]
    public async Task LinkForTheClient_MovesAlong_AndBack()
    {
        var (property, _) = await _bed.OfferAsync();
        await _bed.Get<PropertyLinks>().CreateAsync(_bed.Olena, new LinkOrder(property, LeadId: _loser), Token);

        await MergeAsync();
        Assert.Equal(_survivor, await LeadOfLinkAsync());
        await _bed.Get<LeadMergings>().UndoAsync(_bed.Nina, _loser, Token);
        Assert.Equal(_loser, await LeadOfLinkAsync());

        Task<Guid?> LeadOfLinkAsync() =>
            _bed.ReadAsync(db => db.SharedLinks.Select(row => row.LeadId).SingleAsync(Token));
    }

    [Fact]
    public async Task CommentDeletedBefore_ComesBackAfter()
    {
        var comment = Guid.CreateVersion7();
        await Comments.AddAsync(_bed.Nina, comment, _loser, "Слово", null, Token);
        await Comments.DeleteAsync(_bed.Nina, comment, Token);

        await MergeAsync();

        Assert.True(await Comments.RestoreAsync(_bed.Nina, comment, Token));
        Assert.Null(await _bed.ReadAsync(db => db.Comments.Select(row => row.DeletedAt).SingleAsync(Token)));
    }

    [Fact]
    public async Task QuestionThatStayedBehind_Lapses()
    {
        // Who looks after the survivor asked for the other: nothing is left to ask, so it did not move along.
        var request = new ClaimRequest
        {
            LeadId = _loser,
            AskedById = _bed.Taras.UserId,
            Phone = HubBed.Input(2).Phone!,
            AskedAt = _bed.Time.GetUtcNow(),
        };
        await _bed.Get<HubDatabase>()
            .InTransactionAsync((db, _) => Task.FromResult(db.ClaimRequests.Add(request)), Token);
        await MergeAsync();

        var state = await _bed.Get<ClaimRequests>().GrantAsync(_bed.Nina, request.Id, "Так", Token);

        Assert.Equal(ClaimState.Lapsed, state);
        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(_loser)).AgentId);
    }

    [Fact]
    public async Task MarkForHubSpot_FollowsWhatItIsAbout()
    {
        var comment = Guid.CreateVersion7();
        await Comments.AddAsync(_bed.Nina, comment, _loser, "Слово", null, Token);
        await MergeAsync();

        await Comments.EditAsync(_bed.Nina, comment, "Інше", Token);

        Assert.Equal(
            _survivor,
            await _bed.ReadAsync(db =>
                db.Outbox.Where(row => row.Kind == OutboxKind.Comment).Select(row => row.LeadId).SingleAsync(Token)
            )
        );
    }

    [Fact]
    public async Task LeadThatAwaitedARule_AwaitsItAgainOnceTheMergeIsTakenBack()
    {
        var waiting = await _bed.ClientAsync(_bed.Olena, 3);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .Leads.Where(lead => lead.Id == waiting)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(lead => lead.AgentId, (Guid?)null)
                                    .SetProperty(lead => lead.AwaitsAssignment, true),
                            token
                        ),
                Token
            );
        Assert.True(await _bed.MergeAsync(_bed.Ada, _survivor, waiting));
        await _bed.Get<AssignmentRound>().RunAsync(Token);
        Assert.False((await _bed.LoadAsync(waiting)).AwaitsAssignment);

        await _bed.Get<LeadMergings>().UndoAsync(_bed.Ada, waiting, Token);

        Assert.True((await _bed.LoadAsync(waiting)).AwaitsAssignment);
    }

    [Fact]
    public async Task WordsInAnothersLead_AreNotReadInANotice()
    {
        var comment = Guid.CreateVersion7();
        await Comments.AddAsync(_bed.Nina, comment, _loser, "Слово", null, Token);
        await _bed.NotifyAsync(Token);
        Assert.Equal("Слово", (await NoticeAsync()).Excerpt);

        await MergeAsync();
        await Comments.EditAsync(_bed.Nina, comment, "Не для Олени", Token);

        // The comment stands in Taras' lead by now; that there was one, and where, she knew before.
        Assert.Equal((_loser, null), ((await NoticeAsync()).LeadId, (await NoticeAsync()).Excerpt));

        async Task<NotificationView> NoticeAsync() =>
            Assert.Single(await _bed.NoticesAsync(_bed.Olena), row => row.Kind is NotificationKind.CommentAdded);
    }

    private async Task MergeAsync() => Assert.True(await _bed.MergeAsync(_bed.Nina, _survivor, _loser));
}
