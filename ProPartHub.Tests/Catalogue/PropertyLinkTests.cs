using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Links for clients: who makes and sees them, what they open, for how long, and what is counted.</summary>
public sealed class PropertyLinkTests : IAsyncLifetime
{
    private static readonly SharedVisitor Client = new("203.0.113.7", "Mozilla/5.0 (iPhone)", IsOfTheAgency: false);

    private HubBed _bed = null!;
    private (Guid Id, long Number) _offer;
    private UnitInput _unit = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PropertyLinks Links => _bed.Get<PropertyLinks>();

    private SharedPages Pages => _bed.Get<SharedPages>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _unit = Offers.Unit();
        _offer = await _bed.OfferAsync(
            Offers.Input with
            {
                PaymentTerms = "30 / 70",
                PaymentPlan = [new() { Percent = 100 }],
                Units = [_unit, Offers.Unit(UnitType.Studio), Offers.Unit() with { IsAvailable = false }],
            }
        );
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Link_OpensWhatIsOffered_AndNamesTheAgentAlone()
    {
        var page = await Pages.OpenAsync(await LinkAsync(_bed.Olena), Token);

        Assert.NotNull(page);
        Assert.Equal(("Затока", 200_000m), (page.Values.Name, page.Values.PriceFrom));
        Assert.Equal(2, page.Values.Units.Count);
        Assert.Equal(("Олена Гнатюк", null), (page.AgentName, page.Mail));
    }

    [Fact]
    public async Task Link_WithoutPrices_HidesAllThatTellsOfThem()
    {
        var page = await Pages.OpenAsync(
            await LinkAsync(_bed.Olena, order => order with { WithPrices = false }),
            Token
        );

        Assert.NotNull(page);
        Assert.Equal((null, null, null), (page.Values.PriceFrom, page.Values.PriceTo, page.Values.PaymentTerms));
        Assert.Empty(page.Values.PaymentPlan);
        Assert.All(page.Values.Units, unit => Assert.Null(unit.Price));
    }

    [Fact]
    public async Task Link_ToAUnit_ShowsThatOne_AndTheMailIfChosen()
    {
        var page = await Pages.OpenAsync(
            await LinkAsync(_bed.Olena, order => order with { UnitId = _unit.Id, WithContacts = true }),
            Token
        );

        Assert.Equal(_unit.Id, Assert.Single(page!.Values.Units).Id);
        Assert.Equal("olena@example.com", page.Mail);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("archived")]
    [InlineData("author off")]
    [InlineData("author unverified")]
    [InlineData("guessed")]
    public async Task Link_ThatIsOver_OpensNothing_AndCountsNothing(string how)
    {
        var token = await LinkAsync(_bed.Olena, order => order with { Days = 1 });
        var link = Assert.Single(await Links.ListAsync(_bed.Olena, _offer.Id, Token)).Link;
        switch (how)
        {
            case "expired":
                _bed.Time.Advance(TimeSpan.FromDays(1));
                break;
            case "revoked":
                await Links.RevokeAsync(_bed.Olena, link.Id, Token);
                break;
            case "archived":
                await _bed.Get<DevelopmentService>().ArchiveAsync(_bed.Nina, _offer.Id, Token);
                break;
            case "author off":
                await SetOlenaAsync(isActive: false, isVerified: true);
                break;
            case "author unverified":
                await SetOlenaAsync(isActive: true, isVerified: false);
                break;
            default:
                token = "x" + token[1..^1];
                break;
        }

        Assert.Null(await Pages.OpenAsync(token, Token));
        Assert.False(await Pages.CountAsync(token, Client, Token));
        Assert.Null(await Pages.PhotoAsync(token, Guid.CreateVersion7(), isSmall: true, Token));
    }

    [Fact]
    public async Task Visitor_CountsOnceADay_AndNoHashOutlivesIt()
    {
        var token = await LinkAsync(_bed.Olena);

        Assert.True(await Pages.CountAsync(token, Client, Token));
        Assert.False(await Pages.CountAsync(token, Client, Token));
        Assert.True(await Pages.CountAsync(token, Client with { Address = "203.0.113.8" }, Token));
        _bed.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await Pages.CountAsync(token, Client, Token));

        var link = Assert.Single(await Links.ListAsync(_bed.Olena, _offer.Id, Token)).Link;
        Assert.Equal((3, _bed.Time.GetUtcNow()), (link.Views, link.LastSeenAt));
        var sweep = _bed.Get<SharedVisitSweep>();
        Assert.Equal(2, await sweep.RunAsync(Token));
        Assert.Equal(1, await _bed.ReadAsync(db => db.SharedLinkVisits.CountAsync(Token)));
        // The day's own stay, or a visitor would count twice.
        Assert.False(await Pages.CountAsync(token, Client, Token));
    }

    [Theory]
    [InlineData("TelegramBot (like TwitterBot)", false)]
    [InlineData("WhatsApp/2.24", false)]
    [InlineData("", false)]
    [InlineData("Mozilla/5.0", true)]
    public async Task MachinesAndTheAgency_AreNotCounted(string browser, bool isOfTheAgency)
    {
        var token = await LinkAsync(_bed.Olena);

        Assert.False(await Pages.CountAsync(token, new("203.0.113.7", browser, isOfTheAgency), Token));
        Assert.Equal(0, Assert.Single(await Links.ListAsync(_bed.Olena, _offer.Id, Token)).Link.Views);
    }

    [Fact]
    public async Task FirstOpening_StandsInTheLeadsTimelineOnce_AndTheAgentIsTold()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var token = await LinkAsync(_bed.Olena, order => order with { LeadId = lead.Id });

        await Pages.CountAsync(token, Client, Token);
        await Pages.CountAsync(token, Client with { Address = "203.0.113.8" }, Token);

        var events = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.Kind == LeadEventKind.PropertyOpened).ToListAsync(Token)
        );
        var entry = Assert.Single(events);
        Assert.Equal((lead.Id, "P-1001 Затока"), (entry.LeadId, Assert.Single(entry.Changes).After));
        Assert.Contains(
            Occasions.Of(entry, []),
            told => told.UserId == _bed.Olena.UserId && told.Kind is NotificationKind.PropertyOpened
        );
        Assert.Equal("Клієнт 1", Assert.Single(await Links.ListAsync(_bed.Nina, _offer.Id, Token)).ClientName);
    }

    [Fact]
    public async Task UnverifiedAgents_AndWhoeverOnlyLooks_ShareNothing()
    {
        await SetOlenaAsync(isActive: true, isVerified: false);

        var refused = await Assert.ThrowsAsync<ForbiddenException>(() => LinkAsync(_bed.Olena));
        Assert.Equal(GuardedAct.ShareProperty, refused.Act);
        await Assert.ThrowsAsync<ForbiddenException>(() => LinkAsync(_bed.Nina with { ViewerId = _bed.Ada.UserId }));
        await LinkAsync(_bed.Nina);
        await LinkAsync(_bed.Ada);
    }

    [Fact]
    public async Task Links_AreSeenAndRevoked_ByTheirAuthorTheTeamsManagerAndAdmins()
    {
        await LinkAsync(_bed.Olena);
        var id = Assert.Single(await Links.ListAsync(_bed.Olena, _offer.Id, Token)).Link.Id;

        Assert.Single(await Links.ListAsync(_bed.Nina, _offer.Id, Token));
        Assert.Single(await Links.ListAsync(_bed.Ada, _offer.Id, Token));
        foreach (var stranger in new[] { _bed.Taras, _bed.James, _bed.Mark })
        {
            Assert.Empty(await Links.ListAsync(stranger, _offer.Id, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Links.RevokeAsync(stranger, id, Token));
        }

        await Links.RevokeAsync(_bed.Nina, id, Token);
        await Links.RevokeAsync(_bed.Olena, id, Token);
        var kinds = await _bed.ReadAsync(db =>
            db.SecurityEvents.Where(row =>
                    row.Kind == SecurityEventKind.PropertyShared || row.Kind == SecurityEventKind.PropertyUnshared
                )
                .OrderBy(row => row.Id)
                .Select(row => row.Kind)
                .ToListAsync(Token)
        );
        Assert.Equal([SecurityEventKind.PropertyShared, SecurityEventKind.PropertyUnshared], kinds);
    }

    [Fact]
    public async Task Order_ForAStrangersLeadOrUnitOrDays_IsRefused()
    {
        var lead = await _bed.LeadAsync(_bed.James, 2);

        await Assert.ThrowsAsync<NotFoundException>(() =>
            LinkAsync(_bed.Olena, order => order with { LeadId = lead.Id })
        );
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            LinkAsync(_bed.Olena, order => order with { UnitId = Guid.CreateVersion7() })
        );
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            LinkAsync(_bed.Olena, order => order with { Days = 365 })
        );
        Assert.Empty(await Links.ListAsync(_bed.Ada, _offer.Id, Token));
    }

    [Fact]
    public async Task Token_IsLong_AndNotKept()
    {
        var token = await LinkAsync(_bed.Olena);

        Assert.Equal(43, token.Length);
        var row = await _bed.ReadAsync(db => db.SharedLinks.SingleAsync(Token));
        Assert.Equal(32, row.TokenHash.Length);
        Assert.Equal(SharedPages.Hash(token), row.TokenHash);
    }

    private Task<string> LinkAsync(Actor actor, Func<LinkOrder, LinkOrder>? change = null)
    {
        var order = new LinkOrder(_offer.Id);
        return Links.CreateAsync(actor, change?.Invoke(order) ?? order, Token);
    }

    private Task<int> SetOlenaAsync(bool isActive, bool isVerified) =>
        _bed.ReadAsync(db =>
            db.Users.Where(user => user.Id == _bed.Olena.UserId)
                .ExecuteUpdateAsync(
                    row =>
                        row.SetProperty(user => user.IsActive, isActive)
                            .SetProperty(user => user.IsVerified, isVerified),
                    Token
                )
        );
}
