using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>A lead is found by the few signs that people type: any of its data, any spelling, either keyboard layout.</summary>
public sealed class LeadFindingTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadQueries Queries => _bed.Get<LeadQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("Олена")]
    [InlineData("олена гнат")]
    [InlineData("hnatiuk")]
    [InlineData("jktyf")]
    [InlineData("Ukfls")]
    [InlineData("щдутф2")]
    [InlineData("olena2@example")]
    [InlineData("050 100 00 07")]
    [InlineData("+38 (050) 100-00-07")]
    [InlineData("00380501000007")]
    [InlineData("0501000007")]
    [InlineData("1000007")]
    [InlineData("гнатюк@")]
    public async Task Found_BySpellingOrLayout(string typed)
    {
        await _bed.LeadAsync(_bed.Olena, 1, "Марія");
        await AddAsync("Гладій-Гнатюк Олена", 7, "olena2@example.com");
        var isFound = typed != "гнатюк@";

        var found = await Queries.FindAsync(_bed.Olena, typed, Token);

        Assert.Equal(isFound ? ["Гладій-Гнатюк Олена"] : [], found.Select(row => row.ClientName));
    }

    [Theory]
    [InlineData("L-{0}")]
    [InlineData("l{0}")]
    [InlineData("{0}")]
    [InlineData("№{0}")]
    [InlineData("# {0}")]
    [InlineData("Д-{0}")]
    [InlineData("д{0}")]
    public async Task Number_InAnySpelling_ComesFirst(string spelling)
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var number = lead.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        // A newer lead whose phone holds the same digits.
        await AddAsync("Телефон", 9, phone: $"+3805000{number}");

        var found = await Queries.FindAsync(
            _bed.Olena,
            spelling.Replace("{0}", number, StringComparison.Ordinal),
            Token
        );

        Assert.Equal(lead.Id, found[0].Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("о")]
    [InlineData("ол")]
    [InlineData("12")]
    [InlineData(null)]
    public async Task TooLittle_FindsNothing_UnlessItIsANumber(string? typed)
    {
        await _bed.LeadAsync(_bed.Olena, 1, "Олена");
        _bed.Sql.Reset();

        Assert.Empty(await Queries.FindAsync(_bed.Olena, typed, Token));
        Assert.True(_bed.Sql.Commands.Count <= 1);
    }

    [Fact]
    public async Task Living_StandBeforeArchived_AndAtMostEight()
    {
        var old = await _bed.LeadAsync(_bed.Olena, 100);
        for (var number = 1; number <= 7; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
        }

        await _bed.LeadAsync(_bed.Olena, 8, "Новий клієнт");
        var archived = await _bed.LeadAsync(_bed.Olena, 9);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived.Id, Token);

        var found = await Queries.FindAsync(_bed.Olena, "клієнт", Token);

        Assert.Equal(LeadQueries.MostFound, found.Count);
        Assert.Equal("Клієнт 7", found[0].ClientName);
        Assert.Equal(old.Id, found[7].Id);
        Assert.DoesNotContain(found, row => row.IsArchived);
        Assert.True(Assert.Single(await Queries.FindAsync(_bed.Olena, $"L-{archived.Number}", Token)).IsArchived);
    }

    [Fact]
    public async Task OthersLeads_AreNotFound_ByAnySign()
    {
        var lead = await AddAsync("Гладій Олена", 7, "olena2@example.com");
        string[] signs = ["Гладій", $"L-{lead.Number}", "050 100 00 07", "olena2@", "Ukfls"];
        foreach (var sign in signs)
        {
            Assert.Empty(await Queries.FindAsync(_bed.James, sign, Token));
            Assert.Empty(await Queries.FindAsync(_bed.Taras, sign, Token));
            Assert.Empty(await Queries.FindAsync(_bed.Mark, sign, Token));
            Assert.Single(await Queries.FindAsync(_bed.Nina, sign, Token));
        }
    }

    private Task<LeadCreated> AddAsync(string name, int number, string? email = null, string? phone = null)
    {
        var input = HubBed.Input(number) with { ClientName = name, Email = email };
        return _bed.Get<LeadService>()
            .CreateAsync(_bed.Olena, phone is null ? input : input with { Phone = phone }, null, Token);
    }
}
