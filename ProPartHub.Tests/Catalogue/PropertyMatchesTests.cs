using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Which developments come before which leads, why, and in what order; from either side by one rule.</summary>
public sealed class PropertyMatchesTests : IAsyncLifetime
{
    private const string Dubai = "Дубай";

    private HubBed _bed = null!;
    private int _leads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PropertyMatches Matches => _bed.Get<PropertyMatches>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    // Of a development in Dubai from $200,000 to $300,000, off-plan, for oneself.
    public static TheoryData<string, LeadInput, string?> Rule =>
        new()
        {
            { "all fits", Wish(250_000, 400_000), "Country:Exact, Price:Exact" },
            { "kind and goal too", Full, "Country:Exact, Price:Exact, Kind:Exact, Goal:Exact" },
            {
                "other kind",
                Full with
                {
                    PropertyType = "вторичка",
                },
                "Country:Exact, Price:Exact, Kind:Different, Goal:Exact"
            },
            {
                "other goal",
                Full with
                {
                    PurchaseGoal = "под аренду",
                },
                "Country:Exact, Price:Exact, Kind:Exact, Goal:Different"
            },
            { "other country", Wish(250_000, 400_000) with { Country = "Оман" }, null },
            { "any country", Wish(250_000, 400_000) with { Country = null }, "Price:Exact" },
            { "country alone", Wish(null, null), "Country:Exact" },
            { "up to the lowest price", Wish(null, 200_000), "Country:Exact, Price:Exact" },
            { "from the highest price", Wish(300_000, null), "Country:Exact, Price:Exact" },
            { "from far below", Wish(1, null), "Country:Exact, Price:Exact" },
            { "10 % too low", Wish(null, 181_818.19m), "Country:Exact, Price:Near" },
            { "more than 10 % too low", Wish(null, 181_818.18m), null },
            { "10 % too high", Wish(333_333.33m, null), "Country:Exact, Price:Near" },
            { "more than 10 % too high", Wish(333_333.34m, null), null },
            { "exact amount", Wish(220_000, 220_000), "Country:Exact, Price:Exact" },
            { "other currency", Wish(1, 2) with { Currency = "EUR" }, "Country:Exact, Price:OtherCurrency" },
            { "other currency alone", Wish(1, 2) with { Currency = "EUR", Country = null }, null },
            { "other currency without a budget", Wish(null, null) with { Currency = "EUR" }, "Country:Exact" },
            { "nothing known", Wish(null, null) with { Country = null }, null },
            { "kind alone", Wish(null, null) with { Country = null, PropertyType = "офф-план" }, null },
        };

    [Theory]
    [MemberData(nameof(Rule))]
    public async Task Rule_HoldsInBothDirections(string _, LeadInput wish, string? expected)
    {
        var (_, number) = await _bed.OfferAsync();
        var lead = await LeadAsync(wish);

        var offers = await Matches.ForLeadAsync(_bed.Olena, lead.Id, 10, Token);
        var leads = await Matches.ForDevelopmentAsync(_bed.Olena, number, 10, Token);

        Assert.Equal(expected, offers.Rows.Select(row => Said(row.Reasons)).SingleOrDefault());
        Assert.Equal(expected, leads.Rows.Select(row => Said(row.Reasons)).SingleOrDefault());
        Assert.False(offers.HasMore || leads.HasMore);
    }

    [Fact]
    public async Task WithoutAnUpperPrice_ItReachesAnyBudgetAbove()
    {
        await _bed.OfferAsync(Offers.Input with { PriceTo = null });
        var rich = await LeadAsync(Wish(900_000, 950_000));
        var poor = await LeadAsync(Wish(null, 150_000));

        Assert.Equal("Country:Exact, Price:Exact", Said(Assert.Single((await OffersAsync(rich)).Rows).Reasons));
        Assert.Empty((await OffersAsync(poor)).Rows);
    }

    [Fact]
    public async Task WhatADevelopmentDoesNotSay_IsNoReason()
    {
        await _bed.OfferAsync(Offers.Input with { Kind = null, Goals = [] });

        var row = Assert.Single((await OffersAsync(await LeadAsync(Full))).Rows);

        Assert.Equal("Country:Exact, Price:Exact", Said(row.Reasons));
    }

    [Fact]
    public async Task Facts_ThatAreMissing_AreTold()
    {
        await _bed.OfferAsync();

        Assert.False((await OffersAsync(await LeadAsync(Wish(null, null) with { Country = null }))).HasFacts);
        Assert.False(
            (await OffersAsync(await LeadAsync(Wish(1, 2) with { Country = null, Currency = "EUR" }))).HasFacts
        );
        Assert.True((await OffersAsync(await LeadAsync(Wish(null, null)))).HasFacts);
        Assert.True((await OffersAsync(await LeadAsync(Wish(1, 2) with { Country = null }))).HasFacts);
    }

    [Fact]
    public async Task BestFirst_ByReasons_ThenByPrice()
    {
        await AddAsync(
            "ціна поруч",
            Offers.Input with
            {
                PriceFrom = 415_000,
                PriceTo = 500_000,
                Kind = null,
                Goals = [],
            }
        );
        await AddAsync("дешевша", Offers.Input with { PriceFrom = 50_000, PriceTo = 390_000, Kind = null, Goals = [] });
        await AddAsync(
            "найближча",
            Offers.Input with
            {
                PriceFrom = 340_000,
                PriceTo = 500_000,
                Kind = null,
                Goals = [],
            }
        );
        await AddAsync("усе", Offers.Input with { PriceFrom = 90_000, PriceTo = 330_000 });
        await AddAsync("вид", Offers.Input with { Goals = [] });
        await AddAsync("деінде", Offers.Input with { Country = "Оман" });
        var lead = await LeadAsync(Full with { BudgetFrom = 300_000, BudgetTo = 400_000 });

        var found = await OffersAsync(lead);

        Assert.Equal(["усе", "вид", "найближча", "дешевша", "ціна поруч"], found.Rows.Select(row => row.Name));
        // The order of the database is that of the reasons that are read.
        var exact = found.Rows.Select(row => row.Reasons.Count(reason => reason.Grade is MatchGrade.Exact)).ToList();
        Assert.Equal(exact.OrderDescending(), exact);
    }

    [Fact]
    public async Task Archived_MatchesNothing()
    {
        var (id, number) = await _bed.OfferAsync();
        var lead = await LeadAsync(Full);
        await _bed.Get<DevelopmentService>().ArchiveAsync(_bed.Ada, id, Token);

        Assert.Empty((await OffersAsync(lead)).Rows);
        Assert.Empty((await Matches.ForDevelopmentAsync(_bed.Olena, number, 10, Token)).Rows);
    }

    [Fact]
    public async Task OnlyOpenLeads_ThatTheReaderSees_AreShown()
    {
        var (_, number) = await _bed.OfferAsync();
        var own = await LeadAsync(Full);
        await LeadAsync(Full, _bed.James);
        var (archived, won) = (await LeadAsync(Full), await LeadAsync(Full));
        var service = _bed.Get<LeadService>();
        await service.ArchiveAsync(_bed.Olena, archived.Id, Token);
        await service.MoveAsync(_bed.Olena, won.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);

        Assert.Equal([own.Id], await SeenAsync(_bed.Olena));
        Assert.Equal([own.Id], await SeenAsync(_bed.Nina));
        Assert.Single(await SeenAsync(_bed.Mark));
        Assert.Equal(2, (await SeenAsync(_bed.Ada)).Count);
        Assert.Empty(await SeenAsync(_bed.Taras));
        await Assert.ThrowsAsync<NotFoundException>(() => Matches.ForLeadAsync(_bed.James, own.Id, 10, Token));

        async Task<List<Guid>> SeenAsync(Actor actor) =>
            [.. (await Matches.ForDevelopmentAsync(actor, number, 10, Token)).Rows.Select(row => row.LeadId)];
    }

    [Fact]
    public async Task More_IsToldAndGiven_InTwoCommands()
    {
        long last = 0;
        for (var number = 0; number < 12; number++)
        {
            last = (await _bed.OfferAsync()).Number;
        }

        var lead = await LeadAsync(Full);
        for (var number = 0; number < 11; number++)
        {
            await LeadAsync(Full);
        }

        _bed.Sql.Reset();
        var first = await Matches.ForLeadAsync(_bed.Olena, lead.Id, PropertyMatches.PageSize, Token);
        Assert.Equal(2, _bed.Sql.Commands.Count);
        Assert.Equal((10, true), (first.Rows.Count, first.HasMore));
        var all = await Matches.ForLeadAsync(_bed.Olena, lead.Id, 20, Token);
        Assert.Equal((12, false), (all.Rows.Count, all.HasMore));
        Assert.Equal(first.Rows.Select(row => row.Number), all.Rows.Take(10).Select(row => row.Number));

        _bed.Sql.Reset();
        var leads = await Matches.ForDevelopmentAsync(_bed.Olena, last, PropertyMatches.PageSize, Token);
        Assert.Equal(2, _bed.Sql.Commands.Count);
        Assert.Equal((10, true), (leads.Rows.Count, leads.HasMore));
        Assert.Equal(("Клієнт", "Олена Гнатюк"), (leads.Rows[0].ClientName.Split(' ')[0], leads.Rows[0].AgentName));
    }

    private static LeadInput Full =>
        Wish(250_000, 400_000) with
        {
            PropertyType = "офф-план",
            PurchaseGoal = "для себя",
        };

    private static LeadInput Wish(decimal? from, decimal? to) =>
        HubBed.Input(0) with
        {
            Country = Dubai,
            BudgetFrom = from,
            BudgetTo = to,
        };

    private static string Said(IEnumerable<MatchReason> reasons) =>
        string.Join(", ", reasons.Select(reason => $"{reason.Aspect}:{reason.Grade}"));

    private Task<PropertyMatchList> OffersAsync(LeadCreated lead) =>
        Matches.ForLeadAsync(_bed.Olena, lead.Id, 10, Token);

    private Task<(Guid Id, long Number)> AddAsync(string name, DevelopmentInput input) =>
        _bed.OfferAsync(input with { Name = name });

    private Task<LeadCreated> LeadAsync(LeadInput wish, Actor? agent = null)
    {
        var own = HubBed.Input(++_leads);
        return _bed.Get<LeadService>()
            .CreateAsync(
                agent ?? _bed.Olena,
                wish with
                {
                    ClientName = own.ClientName,
                    Phone = own.Phone,
                },
                null,
                Token
            );
    }
}
