using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Privacy;

/// <summary>Of an erased client a skeleton is left: it can be read, and by no service changed or added to.</summary>
public sealed class ErasedLeadTests : IAsyncLifetime
{
    private const string Words = "Слова клієнта";

    private readonly Guid _comment = Guid.CreateVersion7();
    private readonly Guid _followUp = Guid.CreateVersion7();
    private HubBed _bed = null!;
    private LeadCreated _lead = null!;
    private LeadInput _opened = null!;
    private LeadPlace _before = null!;
    private long _edit;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    private CommentService Comments => _bed.Get<CommentService>();

    private FollowUpService FollowUps => _bed.Get<FollowUpService>();

    private FollowUpInput Call => new(Words, null, _bed.Time.GetUtcNow().AddDays(1));

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = await _bed.LeadAsync(_bed.Olena, 1);
        _opened = LeadInput.From(await _bed.LoadAsync(_lead.Id));
        await EditAsync();
        _edit = await _bed.ReadAsync(db => db.LeadEvents.MaxAsync(row => row.Id));
        _before = await Leads.MoveAsync(_bed.Olena, _lead.Id, await StageAsync(), null, Token);
        await Comments.AddAsync(_bed.Olena, _comment, _lead.Id, Words, null, Token);
        await FollowUps.AddAsync(_bed.Nina, _followUp, _lead.Id, Call, Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    public static TheoryData<string> Writes =>
        [
            "edit",
            "move",
            "move back",
            "transfer",
            "archive",
            "bring back",
            "restore a field",
            "comment",
            "reword a comment",
            "delete a comment",
            "follow-up",
            "reword a follow-up",
            "do a follow-up",
            "delete a follow-up",
            "bring a follow-up back",
            "exchange",
            "consent",
            "erase",
        ];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_IsRefused_AndSaysWhy(string write)
    {
        await EraseAsync();
        var before = await _bed.ReadAsync(db => db.LeadEvents.CountAsync());

        await Assert.ThrowsAsync<ClientErasedException>(() => WriteAsync(write));

        Assert.Equal(before, await _bed.ReadAsync(db => db.LeadEvents.CountAsync()));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Outbox.CountAsync()));
    }

    [Fact]
    public async Task EveryWrite_WorksBefore()
    {
        // Else a refusal would prove nothing. In this order each finds what it needs.
        foreach (var row in Writes)
        {
            await WriteAsync(row.Data);
        }
    }

    [Fact]
    public async Task Strangers_LearnNothing_NotEvenThatItWasErased()
    {
        await EraseAsync();

        await Assert.ThrowsAsync<NotFoundException>(() =>
            Comments.AddAsync(_bed.James, Guid.CreateVersion7(), _lead.Id, Words, null, Token)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => Leads.ArchiveAsync(_bed.James, _lead.Id, Token));
    }

    [Fact]
    public async Task Skeleton_SaysWhoDidWhatWhen_AndNoWords()
    {
        await EraseAsync();

        var details = await _bed.Get<LeadQueries>().DetailsAsync(_bed.Olena, _lead.Id, Token);
        Assert.Equal(new LeadErased(_bed.Time.GetUtcNow(), _bed.Ada.Name), details.Erased);
        var page = await _bed.Get<TimelineQueries>()
            .PageAsync(_bed.Olena, _lead.Id, TimelineKinds.All, null, TimelineQueries.PageSize, Token);
        Assert.All(page.Entries, entry => Assert.Empty(entry.Event!.Changes));
        Assert.Equal(
            [
                (LeadEventKind.Created, _bed.Olena.Name),
                (LeadEventKind.Edited, _bed.Olena.Name),
                (LeadEventKind.StageChanged, _bed.Olena.Name),
                (LeadEventKind.CommentAdded, _bed.Olena.Name),
                (LeadEventKind.FollowUpAdded, _bed.Nina.Name),
                (LeadEventKind.Erased, _bed.Ada.Name),
            ],
            page.Entries.Select(entry => entry.Event!).OrderBy(row => row.Id).Select(row => (row.Kind, row.ActorName))
        );
    }

    [Fact]
    public async Task LeadsHandedOver_LeaveIt_WithWhomItWas()
    {
        var other = await _bed.LeadAsync(_bed.Olena, 2);
        await EraseAsync();

        var given = await _bed.Get<LeadHandOver>()
            .GiveAllAsync(_bed.Ada, _bed.Olena.UserId, _bed.Taras.UserId, null, null, Token);

        Assert.Equal(1, given);
        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(_lead.Id)).AgentId);
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(other.Id)).AgentId);
    }

    [Fact]
    public async Task CommentUnderWay_WhenTheErasureBegins_IsErasedToo()
    {
        await using var writing = await HeldTransaction.BeginAsync(
            _bed.ConnectionString,
            """
            SELECT 1 FROM leads WHERE id = @lead FOR NO KEY UPDATE;
            INSERT INTO comments (id, lead_id, author_name, body, origin, created_at)
            VALUES (@id, @lead, 'Олена', 'Слова в останню мить', 1, now());
            """,
            Token,
            ("lead", _lead.Id),
            ("id", Guid.CreateVersion7())
        );

        var erasing = EraseAsync();
        await writing.UntilWaitedForAsync(Token);
        await writing.CommitAsync(Token);
        await erasing;

        Assert.All(await _bed.ReadAsync(db => db.Comments.ToListAsync()), comment => Assert.Equal("", comment.Body));
    }

    private Task EraseAsync() =>
        _bed.Get<ClientErasure>().EraseAsync(_bed.Ada, _lead.Id, $"{_lead.Number}", "прохання", [_lead.Id], Token);

    private Task<Guid> StageAsync() => _bed.StageAsync(LeadStatus.Contacted);

    private Task EditAsync() =>
        Leads.EditAsync(
            _bed.Olena,
            _lead.Id,
            _opened,
            _opened with
            {
                Company = Words,
            },
            new HashSet<LeadField>(),
            Token
        );

    private async Task WriteAsync(string write) =>
        await (
            write switch
            {
                "edit" => EditAsync(),
                "move" => Leads.MoveAsync(_bed.Olena, _lead.Id, await StageAsync(), null, Token),
                "move back" => Leads.TakeMoveBackAsync(_bed.Olena, _lead.Id, _before, await StageAsync(), Token),
                "transfer" => Leads.TransferAsync(_bed.Nina, _lead.Id, _bed.Taras.UserId, null, Token),
                "archive" => Leads.ArchiveAsync(_bed.Ada, _lead.Id, Token),
                "bring back" => Leads.RestoreAsync(_bed.Ada, _lead.Id, Token),
                "restore a field" => RestoreFieldAsync(),
                "comment" => Comments.AddAsync(_bed.Ada, Guid.CreateVersion7(), _lead.Id, Words, null, Token),
                "reword a comment" => Comments.EditAsync(_bed.Ada, _comment, "Інші", Token),
                "delete a comment" => Comments.DeleteAsync(_bed.Ada, _comment, Token),
                "follow-up" => FollowUps.AddAsync(_bed.Ada, Guid.CreateVersion7(), _lead.Id, Call, Token),
                "reword a follow-up" => FollowUps.EditAsync(
                    _bed.Ada,
                    _followUp,
                    Call,
                    Call with
                    {
                        Title = "Інше",
                    },
                    false,
                    Token
                ),
                "do a follow-up" => FollowUps.SetDoneAsync(_bed.Ada, _followUp, isDone: true, Token),
                "delete a follow-up" => FollowUps.DeleteAsync(_bed.Ada, _followUp, Token),
                "bring a follow-up back" => FollowUps.RestoreAsync(_bed.Ada, _followUp, Token),
                "exchange" => new SyncAdmin(
                    _bed.Get<Domain.Data.HubDatabase>(),
                    new SyncSignal(),
                    _bed.Time
                ).SyncLeadNowAsync(_bed.Ada, _lead.Id, Token),
                "consent" => Leads.RecordConsentAsync(
                    _bed.Ada,
                    _lead.Id,
                    new(ConsentState.NotRecorded, null),
                    new(ConsentState.Given, Words),
                    overrule: false,
                    Token
                ),
                "erase" => EraseAsync(),
                _ => throw new ArgumentOutOfRangeException(nameof(write), write, "No such write."),
            }
        );

    private Task RestoreFieldAsync() =>
        Leads.RestoreFieldAsync(_bed.Ada, _lead.Id, _edit, LeadField.Company, overrule: true, Token);
}
