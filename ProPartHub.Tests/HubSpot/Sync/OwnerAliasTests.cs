using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Names under which HubSpot knows people: whose each is, which are nobody's, what one more would do.</summary>
public sealed class OwnerAliasTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OwnerAliases Aliases => _desk.Get<OwnerAliases>();

    private Actor Ada => _desk.Bed.Ada;

    private Actor Olena => _desk.Bed.Olena;

    public async ValueTask InitializeAsync() => _desk = await SyncDesk.CreateAsync(Token);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Add_KeepsTheNameWithoutBlanks_AndRecordsIt()
    {
        Assert.Null(await Aliases.AddAsync(Ada, Olena.UserId, "  Гнатюк О. ", Token));

        Assert.Equal(["Гнатюк О."], await Aliases.OfAsync(Ada, Olena.UserId, Token));
        var entry = await _desk.Bed.ReadAsync(db => db.SecurityEvents.SingleAsync(Token));
        Assert.Equal(
            (Ada.UserId, Olena.UserId, "HubSpot alias", null, "Гнатюк О."),
            (entry.ActorId, entry.UserId, entry.Details["setting"], entry.Details["before"], entry.Details["after"])
        );
    }

    [Fact]
    public async Task Remove_TakesThisNameAlone_AndRecordsItOnce()
    {
        await Aliases.AddAsync(Ada, Olena.UserId, "Гнатюк О.", Token);
        await Aliases.AddAsync(Ada, Olena.UserId, "О. Гнатюк", Token);

        await Aliases.RemoveAsync(Ada, Olena.UserId, "Гнатюк О.", Token);
        await Aliases.RemoveAsync(Ada, Olena.UserId, "Гнатюк О.", Token);

        Assert.Equal(["О. Гнатюк"], await Aliases.OfAsync(Ada, Olena.UserId, Token));
        var entries = await _desk.Bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync(Token));
        Assert.Equal(3, entries.Count);
        Assert.Equal(("Гнатюк О.", null), (entries[2].Details["before"], entries[2].Details["after"]));
    }

    [Theory]
    [InlineData("тарас ВОВК", AliasFault.Taken, "Тарас Вовк")]
    [InlineData("Taras", AliasFault.Taken, "Тарас Вовк")]
    [InlineData("TARAS@example.com", AliasFault.Taken, "Тарас Вовк")]
    [InlineData("вовк т.", AliasFault.Taken, "Тарас Вовк")]
    [InlineData(" олена гнатюк ", AliasFault.Own, "Олена Гнатюк")]
    [InlineData("  ", AliasFault.Missing, null)]
    [InlineData(null, AliasFault.Missing, null)]
    public async Task Name_OfSomebody_OrNone_IsRefused(string? typed, AliasFault fault, string? holder)
    {
        await Aliases.AddAsync(Ada, _desk.Bed.Taras.UserId, "Вовк Т.", Token);

        Assert.Equal(new AliasRefusal(fault, holder), await Aliases.AddAsync(Ada, Olena.UserId, typed, Token));

        Assert.Empty(await Aliases.OfAsync(Ada, Olena.UserId, Token));
        Assert.Equal(1, await _desk.Bed.ReadAsync(db => db.SecurityEvents.CountAsync(Token)));
    }

    [Fact]
    public async Task Name_TooLong_IsRefused_AndNotCut()
    {
        var refusal = await Aliases.AddAsync(Ada, Olena.UserId, new string('я', OwnerAliases.LongestName + 1), Token);

        Assert.Equal(AliasFault.TooLong, refusal?.Fault);
        Assert.Null(await Aliases.AddAsync(Ada, Olena.UserId, new string('я', OwnerAliases.LongestName), Token));
    }

    [Fact]
    public async Task OneName_GivenToTwoAtOnce_BecomesOnePersons()
    {
        var refusals = await Task.WhenAll(
            Aliases.AddAsync(Ada, Olena.UserId, "Агент", Token),
            Aliases.AddAsync(Ada, _desk.Bed.Taras.UserId, "агент", Token)
        );

        Assert.Equal(AliasFault.Taken, Assert.Single(refusals.OfType<AliasRefusal>()).Fault);
    }

    [Fact]
    public async Task Aliases_AreForAdminsAlone()
    {
        foreach (var actor in new[] { Olena, _desk.Bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Aliases.AddAsync(actor, Olena.UserId, "x", Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Aliases.RemoveAsync(actor, Olena.UserId, "x", Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Aliases.OfAsync(actor, Olena.UserId, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Names.PageAsync(actor, 1, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Forecast.OfAliasAsync(actor, Olena.UserId, "x", Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Forecast.OfLinkAsync(actor, Olena.UserId, "1", Token));
        }

        await Assert.ThrowsAsync<NotFoundException>(() => Aliases.AddAsync(Ada, Guid.NewGuid(), "x", Token));
    }

    [Fact]
    public async Task UnknownNames_AreCountedByLead_WhateverTheCase()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal(responsible: "Петренко О."));
        await _desk.DealAsync(2, null, AgentDesk.Deal(responsible: "Петренко О.", portalName: "ПЕТРЕНКО О."));
        await _desk.DealAsync(3, Olena, AgentDesk.Deal(portalName: "петренко о."));
        await _desk.DealAsync(4, Olena, AgentDesk.Deal(responsible: "olena"));
        await _desk.DealAsync(5, null, AgentDesk.Deal(owner: "9", responsible: "Хтось"));
        var gone = await _desk.DealAsync(6, null, AgentDesk.Deal(responsible: "Хтось"));
        await _desk.ChangeAsync(async db =>
            (await db.LeadSyncs.SingleAsync(row => row.LeadId == gone, Token)).DeletedAt = _desk.Bed.Time.GetUtcNow()
        );

        var names = await Names.PageAsync(Ada, 1, Token);

        Assert.Equal([new("Петренко О.", 3, false), new("Хтось", 1, false)], names.Rows);
    }

    [Fact]
    public async Task NameOfTwoPeople_IsSaidToBeShared()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal(responsible: "тарас вовк"));
        await _desk.ChangeAsync(async db =>
            (await db.Users.SingleAsync(row => row.Id == _desk.Bed.James.UserId, Token)).DisplayName = "Тарас Вовк"
        );

        Assert.Equal(new("тарас вовк", 1, true), Assert.Single((await Names.PageAsync(Ada, 1, Token)).Rows));
    }

    [Fact]
    public async Task Forecast_CountsLeadsOfThePoolWhoseAgentWasUnknown()
    {
        await _desk.OwnerAsync("9", "Olena in HubSpot", null);
        await _desk.DealAsync(1, null, AgentDesk.Deal(owner: "9"), isUnknown: true);
        await _desk.DealAsync(2, null, AgentDesk.Deal(owner: "9", responsible: "О.Г."), isUnknown: true);
        await _desk.DealAsync(3, null, AgentDesk.Deal(responsible: "О.Г."), isUnknown: true);
        await _desk.DealAsync(4, _desk.Bed.Taras, AgentDesk.Deal(owner: "9", responsible: "О.Г."));
        await _desk.DealAsync(5, null, AgentDesk.Deal(owner: "8"), isUnknown: true);

        Assert.Equal(2, await Forecast.OfLinkAsync(Ada, Olena.UserId, "9", Token));
        Assert.Equal(2, await Forecast.OfAliasAsync(Ada, Olena.UserId, "о.г.", Token));
        Assert.Null((await _desk.UserAsync(Olena)).HubSpotOwnerId);
    }

    [Fact]
    public async Task Names_AreReadWithThreeCommands_HoweverManyLeads()
    {
        for (var number = 1; number <= 25; number++)
        {
            await _desk.DealAsync(number, null, AgentDesk.Deal(responsible: $"Name {number:00}"));
        }

        _desk.Bed.Sql.Reset();
        var last = await Names.PageAsync(Ada, 99, Token);

        Assert.Equal(3, _desk.Bed.Sql.Commands.Count);
        Assert.Equal((2, 25, 5, "Name 21"), (last.Number, last.Total, last.Rows.Count, last.Rows[0].Name));
    }

    private AgentNameQueries Names => _desk.Get<AgentNameQueries>();

    private AgentForecast Forecast => _desk.Get<AgentForecast>();
}
