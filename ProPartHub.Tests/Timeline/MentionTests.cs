using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using Xunit;

namespace ProPartHub.Tests.Timeline;

/// <summary>Who is named in a comment is told once, if the lead is theirs to see, and is shown under the name of today.</summary>
public sealed class MentionTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<Actor> Everybody => [_bed.Olena, _bed.Taras, _bed.Nina, _bed.James, _bed.Mark, _bed.Ada];

    private CommentService Comments => _bed.Get<CommentService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task WhoIsOffered_IsWhoSeesTheLead_WhosesoeverItIs()
    {
        var homeless = await AddManagerWithoutTeamAsync();
        Guid?[] agents = [.. Everybody.Select(actor => (Guid?)actor.UserId), homeless.UserId, null];
        foreach (var agent in agents)
        {
            await _bed.Get<LeadService>().TransferAsync(_bed.Ada, _lead, agent, null, Token);
            var lead = await _bed.LoadAsync(_lead);

            var offered = await _bed.Get<LeadQueries>().PeopleAsync(_bed.Ada, _lead, Token);

            Assert.Equal(
                Everybody
                    .Append(homeless)
                    .Where(actor => actor.CanSee(lead.AgentId, lead.TeamId))
                    .Select(actor => actor.Name)
                    .Order(StringComparer.Ordinal),
                offered.Select(person => person.Name).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public async Task SwitchedOff_IsNeitherOfferedNorNamed()
    {
        await ChangeAsync(_bed.Nina, user => user.IsActive = false);

        await WriteAsync(_bed.Olena, "@Ніна Коваль, гляньте");

        Assert.DoesNotContain(
            await _bed.Get<LeadQueries>().PeopleAsync(_bed.Olena, _lead, Token),
            person => person.Id == _bed.Nina.UserId
        );
        Assert.Equal(0, await _bed.ReadAsync(db => db.CommentMentions.CountAsync()));
    }

    [Fact]
    public async Task Named_IsToldOnce_AlsoWhenTheCommentIsEdited()
    {
        var comment = await WriteAsync(_bed.Olena, "@Ніна Коваль гляньте, @ніна коваль!");
        await Comments.EditAsync(_bed.Olena, comment, "@Ніна Коваль гляньте ще раз", Token);
        await Comments.EditAsync(_bed.Olena, comment, "гляньте", Token);
        await Comments.EditAsync(_bed.Olena, comment, "@Ніна Коваль", Token);
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.Mentioned], await _bed.KindsAsync(_bed.Nina));
    }

    [Fact]
    public async Task NamedByAnEdit_IsTold()
    {
        var comment = await WriteAsync(_bed.Olena, "@Ніна Коваль гляньте");
        await Comments.EditAsync(_bed.Olena, comment, "@Ніна Коваль і @Ada Byron гляньте", Token);

        Assert.Equal([NotificationKind.Mentioned], await _bed.KindsAsync(_bed.Nina));
        Assert.Equal([NotificationKind.Mentioned], await _bed.KindsAsync(_bed.Ada));
    }

    [Fact]
    public async Task StrangersAndOneself_AreNotTold_AndStrangersStayText()
    {
        await WriteAsync(_bed.Olena, "@Олена Гнатюк @Тарас Вовк @Mark Stone");

        var shown = Assert.Single(await ReadAsync(_bed.Olena));
        Assert.Equal([_bed.Olena.UserId], shown.Mentions.Select(mention => mention.UserId));
        foreach (var actor in new[] { _bed.Olena, _bed.Taras, _bed.Mark })
        {
            Assert.Empty(await _bed.StoredAsync(actor));
        }
    }

    [Fact]
    public async Task AgentWhoIsNamed_IsToldAsNamedAlone()
    {
        await WriteAsync(_bed.Nina, "@Олена Гнатюк, зателефонуйте");
        await _bed.NotifyAsync(Token);

        Assert.Equal([NotificationKind.Mentioned], await _bed.KindsAsync(_bed.Olena));
    }

    [Fact]
    public async Task WhoWantsNoWord_GetsNone()
    {
        var wishes = NotificationPreferences.Key.Default;
        await _bed.WishAsync(
            _bed.Nina,
            wishes with
            {
                Ways = new Dictionary<NotificationKind, NotificationWays>
                {
                    [NotificationKind.Mentioned] = NotificationWays.None,
                },
            }
        );

        await WriteAsync(_bed.Olena, "@Ніна Коваль");

        Assert.Empty(await _bed.NoticesAsync(_bed.Nina));
    }

    [Fact]
    public async Task ChangedName_IsShown_WhileTheTextStaysAsItWasWritten()
    {
        var comment = await WriteAsync(_bed.Olena, "Питала @Ніна Коваль.");
        await ChangeAsync(_bed.Nina, user => user.DisplayName = "Ніна Бондар");

        var shown = Assert.Single(await ReadAsync(_bed.Olena));
        Assert.Equal("Питала @Ніна Коваль.", shown.Body);
        Assert.Equal("Питала @Ніна Бондар.", shown.Text);

        // The old name still names her after an edit of other words.
        await Comments.EditAsync(_bed.Olena, comment, "Питала й @Ніна Коваль", Token);
        Assert.Equal("Питала й @Ніна Бондар", Assert.Single(await ReadAsync(_bed.Olena)).Text);
        await Comments.AddAsync(_bed.Nina, Guid.CreateVersion7(), _lead, "Так", comment, Token);
        Assert.Contains(await ReadAsync(_bed.Olena), answer => answer.QuotedBody == "Питала й @Ніна Бондар");
    }

    [Theory]
    [InlineData("nina@Ніна Коваль", "")]
    [InlineData("@Ніна Ковальчук", "")]
    [InlineData("@Ніна", "")]
    [InlineData("(@Ніна Коваль)", "nina")]
    [InlineData("@@Ніна Коваль", "nina")]
    [InlineData("@Ніна Коваль@Ada Byron", "nina ")]
    public void Name_StandsAlone(string text, string found)
    {
        var (nina, ada) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var names = MentionText.Find(text, [(nina, "Ніна Коваль"), (ada, "Ada Byron")]);

        Assert.Equal(found.Trim().Length > 0 ? [nina] : [], names.Select(name => name.UserId));
    }

    [Fact]
    public void NameWithAnAtOfItsOwn_IsOneName()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal("Hi @Anna. Bye", MentionText.Shown("Hi @@home. Bye", [new(id, "@home", "Anna")]));
    }

    [Fact]
    public void LongerName_ComesBeforeTheShorterInIt_AndNamesakesAreBothNamed()
    {
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        (Guid, string)[] people = [(ids[0], "Anna"), (ids[1], "Anna Maria"), (ids[2], "Anna Maria")];

        var found = MentionText.Find("@Anna Maria", people);

        Assert.Equal(ids[1..].Order(), found.Select(name => name.UserId).Order());
    }

    private async Task<Guid> WriteAsync(Actor by, string text)
    {
        var id = Guid.CreateVersion7();
        await Comments.AddAsync(by, id, _lead, text, null, Token);
        return id;
    }

    private async Task<IReadOnlyList<CommentView>> ReadAsync(Actor actor) =>
        [
            .. (
                await _bed.Get<TimelineQueries>().PageAsync(actor, _lead, TimelineKinds.Comments, null, 50, Token)
            ).Entries.Select(entry => entry.Comment!),
        ];

    private Task ChangeAsync(Actor actor, Action<HubUser> change) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) => change(await db.Users.SingleAsync(user => user.Id == actor.UserId, token)),
                Token
            );

    private async Task<Actor> AddManagerWithoutTeamAsync()
    {
        var user = new HubUser
        {
            UserName = "homeless",
            NormalizedUserName = "HOMELESS",
            Email = "homeless@example.com",
            NormalizedEmail = "HOMELESS@EXAMPLE.COM",
            DisplayName = "Без Команди",
            Role = Role.Manager,
            CreatedAt = _bed.Time.GetUtcNow(),
        };
        await _bed.Get<HubDatabase>().InTransactionAsync((db, _) => Task.FromResult(db.Users.Add(user)), Token);
        return new Actor(user.Id, user.DisplayName, user.Role, null);
    }
}
