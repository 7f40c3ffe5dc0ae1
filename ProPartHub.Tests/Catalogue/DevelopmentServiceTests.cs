using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Managers and admins keep the catalogue; nobody's text is lost, and the audit names each field.</summary>
public sealed class DevelopmentServiceTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DevelopmentService Service => _bed.Get<DevelopmentService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Added_WithItsUnits_IsReadAsItWasTyped()
    {
        var input = Offers.Input with
        {
            Name = "  Затока\nПерлів ",
            Description = "Рядок\r\nдругий",
            Units = [Offers.Unit(UnitType.Studio), Offers.Unit() with { SizeTo = 55.5m, IsAvailable = false }],
        };

        var (_, number) = await _bed.OfferAsync(input);

        var details = await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token);
        Assert.True(
            details.Values.IsLike(input with { Name = "Затока Перлів", Description = "Рядок\nдругий" }),
            $"{details.Values}"
        );
        Assert.Equal((1001, "Ніна Коваль"), (details.Number, details.AuthorName));
        Assert.Equal(_bed.Time.GetUtcNow(), details.CreatedAt);
    }

    [Fact]
    public async Task FormSentTwice_AddsOne()
    {
        var id = Guid.CreateVersion7();

        var first = await Service.CreateAsync(_bed.Ada, id, Offers.Input, Token);

        Assert.Equal(first, await Service.CreateAsync(_bed.Ada, id, Offers.Input, Token));
        Assert.Equal(1, await _bed.ReadAsync(db => db.Developments.CountAsync(Token)));
        Assert.Equal("property added", Assert.Single(await EventsAsync()).Details["act"]);
    }

    [Fact]
    public async Task Agents_Read_AndWriteNothing()
    {
        var (id, number) = await _bed.OfferAsync();

        Assert.Equal("Затока", (await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.Name);
        Assert.Single((await _bed.Get<CatalogueQueries>().PageAsync(_bed.Olena, new(), Token)).Rows);
        await AssertForbiddenAsync(_bed.Olena, id, GuardedAct.SetCatalogue);
    }

    [Fact]
    public async Task WhoeverLooksThroughAManagersEyes_WritesNothing()
    {
        var (id, _) = await _bed.OfferAsync();

        await AssertForbiddenAsync(_bed.Nina with { ViewerId = _bed.Ada.UserId }, id, GuardedAct.ChangeWhileLooking);
    }

    public static TheoryData<string, DevelopmentInput, string, string> Faults
    {
        get
        {
            var unit = Offers.Unit();
            var input = Offers.Input;
            return new()
            {
                { "no name", input with { Name = " " }, "Name", FieldErrorCode.Required },
                { "long name", input with { Name = new string('x', 201) }, "Name", FieldErrorCode.TooLong },
                { "unreadable", input with { City = "a\0b" }, "City", FieldErrorCode.UnreadableText },
                { "no country", input with { Country = null }, "Country", FieldErrorCode.Required },
                { "strange country", input with { Country = "Нарнія" }, "Country", FieldErrorCode.UnknownOption },
                { "strange kind", input with { Kind = "замок" }, "Kind", FieldErrorCode.UnknownOption },
                { "strange goal", input with { Goals = ["слава"] }, "Goals", FieldErrorCode.UnknownOption },
                { "no price", input with { PriceFrom = null }, "PriceFrom", FieldErrorCode.Required },
                { "free", input with { PriceFrom = 0 }, "PriceFrom", FieldErrorCode.OutOfRange },
                { "reversed", input with { PriceTo = 199_999 }, "PriceTo", DevelopmentRules.Reversed },
                { "long terms", input with { PaymentTerms = new string('x', 2001) }, "PaymentTerms", "TooLong" },
                { "no size", Of(unit with { SizeFrom = null }), "Units.1.SizeFrom", FieldErrorCode.Required },
                { "sizes", Of(unit with { SizeTo = 39 }), "Units.1.SizeTo", DevelopmentRules.Reversed },
                { "no unit price", Of(unit with { Price = null }), "Units.1.Price", FieldErrorCode.Required },
                { "rooms", Of(unit with { Type = (UnitType)9 }), "Units.1.Type", FieldErrorCode.UnknownOption },
                { "twice", input with { Units = [unit, unit] }, "Units", FieldErrorCode.UnknownOption },
                {
                    "too many",
                    input with
                    {
                        Units = [.. Enumerable.Range(0, 201).Select(_ => Offers.Unit())],
                    },
                    "Units",
                    FieldErrorCode.TooMany
                },
            };

            DevelopmentInput Of(UnitInput faulty) => input with { Units = [Offers.Unit(), faulty] };
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_IsNamedAtItsField(string _, DevelopmentInput typed, string field, string code)
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => _bed.OfferAsync(typed));

        var fault = Assert.Single(refused.Errors);
        Assert.Equal((field, code), (fault.Field, fault.Code));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Developments.CountAsync(Token)));
    }

    [Fact]
    public async Task UnitOfAnotherDevelopment_IsNotTakenAway()
    {
        var unit = Offers.Unit();
        var (_, number) = await _bed.OfferAsync(Offers.Input with { Units = [unit] });

        await Assert.ThrowsAsync<InvalidInputException>(() => _bed.OfferAsync(Offers.Input with { Units = [unit] }));
        Assert.Single((await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.Units);
    }

    [Fact]
    public async Task Change_IsAuditedFieldByField_AndUnitsGoAndCome()
    {
        var (stays, goes) = (Offers.Unit(), Offers.Unit(UnitType.Studio));
        var opened = Offers.Input with { Units = [stays, goes] };
        var (id, number) = await _bed.OfferAsync(opened);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        var typed = opened with { Name = "Гавань", PriceTo = null, Units = [Offers.Unit(UnitType.TwoRooms), stays] };

        Assert.True(await Service.UpdateAsync(_bed.Mark, id, opened, typed, Token));

        var details = await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token);
        Assert.True(details.Values.IsLike(typed));
        Assert.Equal(_bed.Time.GetUtcNow(), details.UpdatedAt);
        var entry = (await EventsAsync())[^1];
        Assert.Equal(("Mark Stone", "property changed"), (entry.ActorName, entry.Details["act"]));
        Assert.Equal(("Затока", "Гавань"), (entry.Details["name before"], entry.Details["name"]));
        Assert.Equal(("300000", null), (entry.Details["price to before"], entry.Details["price to"]));
        Assert.Equal(
            ("OneRoom 40 m² $200000; Studio 40 m² $200000", "TwoRooms 40 m² $200000; OneRoom 40 m² $200000"),
            (entry.Details["units before"], entry.Details["units"])
        );
        Assert.DoesNotContain("city", entry.Details.Keys);
    }

    [Fact]
    public async Task NothingChanged_IsNoEvent()
    {
        var (id, _) = await _bed.OfferAsync();

        Assert.True(await Service.UpdateAsync(_bed.Nina, id, Offers.Input, Offers.Input, Token));

        Assert.Single(await EventsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangedMeanwhile_IsNotOverwritten_NotEvenInUnitsAlone(bool unitsAlone)
    {
        var opened = Offers.Input with { Units = [Offers.Unit()] };
        var (id, number) = await _bed.OfferAsync(opened);
        var theirs = unitsAlone
            ? opened with
            {
                Units = [opened.Units[0] with { IsAvailable = false }],
            }
            : opened with
            {
                Name = "Їхня назва",
            };
        Assert.True(await Service.UpdateAsync(_bed.Mark, id, opened, theirs, Token));

        Assert.False(await Service.UpdateAsync(_bed.Nina, id, opened, opened with { City = "Моє місто" }, Token));

        var stored = await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token);
        Assert.True(stored.Values.IsLike(theirs));
        // Whoever has read theirs stores over it.
        var mine = opened with
        {
            City = "Моє місто",
        };
        Assert.True(await Service.UpdateAsync(_bed.Nina, id, theirs, mine, Token));
    }

    [Fact]
    public async Task TwoAtOnce_OneIsToldSo()
    {
        var opened = Offers.Input with { Units = [Offers.Unit()] };
        var (id, number) = await _bed.OfferAsync(opened);

        var stored = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(place =>
                    Service.UpdateAsync(
                        _bed.Nina,
                        id,
                        opened,
                        opened with
                        {
                            Units = [opened.Units[0] with { Price = place }, Offers.Unit()],
                        },
                        Token
                    )
                )
        );

        Assert.Single(stored, isStored => isStored);
        Assert.Equal(2, (await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.Units.Count);
    }

    [Fact]
    public async Task WithdrawnOption_DoesNotStandInTheWayOfAnEdit()
    {
        var (id, number) = await _bed.OfferAsync();
        await _bed.ReadAsync(db =>
            db.Developments.ExecuteUpdateAsync(row => row.SetProperty(one => one.Country, "Колишня"), Token)
        );
        var opened = (await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values;

        Assert.True(await Service.UpdateAsync(_bed.Nina, id, opened, opened with { City = "Інше" }, Token));
        await Assert.ThrowsAsync<InvalidInputException>(() =>
            Service.UpdateAsync(_bed.Nina, id, opened, opened with { Country = "Вигадана" }, Token)
        );
    }

    [Fact]
    public async Task Archived_LeavesTheList_KeepsItsPage_AndComesBack()
    {
        var (id, number) = await _bed.OfferAsync();
        var queries = _bed.Get<CatalogueQueries>();

        await Service.ArchiveAsync(_bed.Ada, id, Token);
        await Service.ArchiveAsync(_bed.Ada, id, Token);

        Assert.Empty((await queries.PageAsync(_bed.Nina, new(), Token)).Rows);
        Assert.Single((await queries.PageAsync(_bed.Nina, new() { Archived = true }, Token)).Rows);
        // The archive is for those who keep the catalogue.
        Assert.Empty((await queries.PageAsync(_bed.Olena, new() { Archived = true }, Token)).Rows);
        Assert.NotNull((await queries.DetailsAsync(number, Token)).ArchivedAt);

        await Service.RestoreAsync(_bed.Nina, id, Token);

        Assert.Single((await queries.PageAsync(_bed.Olena, new(), Token)).Rows);
        Assert.Equal(
            ["property added", "property archived", "property brought back"],
            (await EventsAsync()).Select(entry => entry.Details["act"])
        );
    }

    [Fact]
    public async Task WhatIsNotThere_IsNotFound()
    {
        var nowhere = Guid.CreateVersion7();

        await Assert.ThrowsAsync<NotFoundException>(() => Service.ArchiveAsync(_bed.Ada, nowhere, Token));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Service.UpdateAsync(_bed.Ada, nowhere, Offers.Input, Offers.Input, Token)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => _bed.Get<CatalogueQueries>().DetailsAsync(1, Token));
    }

    private async Task AssertForbiddenAsync(Actor actor, Guid id, GuardedAct act)
    {
        Func<Task>[] acts =
        [
            () => _bed.OfferAsync(by: actor),
            () => Service.UpdateAsync(actor, id, Offers.Input, Offers.Input with { Name = "Моє" }, Token),
            () => Service.ArchiveAsync(actor, id, Token),
            () => Service.RestoreAsync(actor, id, Token),
        ];
        foreach (var attempt in acts)
        {
            Assert.Equal(act, (await Assert.ThrowsAsync<ForbiddenException>(attempt)).Act);
        }

        Assert.Single(await EventsAsync());
    }

    private Task<List<SecurityEvent>> EventsAsync() =>
        _bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.Kind == SecurityEventKind.CatalogueChanged)
                .OrderBy(entry => entry.Id)
                .ToListAsync(Token)
        );
}
