using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Errors;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>A payment plan makes up the whole price and says of each stage when it is due.</summary>
public sealed class PaymentPlanTests : IAsyncLifetime
{
    private static readonly PaymentStage Booking = new() { Percent = 30 };
    private static readonly PaymentStage Keys = new() { Percent = 70, Due = PaymentDue.Handover };

    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Plan_IsStoredInOrder_WithoutWhatItsMomentsDoNotNeed()
    {
        var day = new DateOnly(2027, 6, 30);
        var (_, number) = await _bed.OfferAsync(
            Of(
                Booking with
                {
                    Label = " Бронь\n",
                    Day = day,
                    Months = 3,
                },
                new()
                {
                    Percent = 20,
                    Due = PaymentDue.Day,
                    Day = day,
                },
                new()
                {
                    Percent = 50,
                    Due = PaymentDue.MonthsAfterBooking,
                    Months = 12,
                }
            )
        );

        Assert.Equal(
            [
                Booking with
                {
                    Label = "Бронь",
                },
                new()
                {
                    Percent = 20,
                    Due = PaymentDue.Day,
                    Day = day,
                },
                new()
                {
                    Percent = 50,
                    Due = PaymentDue.MonthsAfterBooking,
                    Months = 12,
                },
            ],
            (await _bed.Get<CatalogueQueries>().DetailsAsync(number, Token)).Values.PaymentPlan
        );
    }

    [Fact]
    public async Task Plan_OfAmountsAndShares_LeavesRoomForTheAmounts()
    {
        await _bed.OfferAsync(Of(new() { Amount = 3_000 }, Keys));
        await _bed.OfferAsync(Of(new() { Amount = 3_000 }, new() { Amount = 197_000, Due = PaymentDue.Handover }));
    }

    public static TheoryData<string, DevelopmentInput, string, string> Faults =>
        new()
        {
            { "too little", Of(Booking), "PaymentPlan", PaymentRules.NotWhole },
            { "too much", Of(Booking, Keys, Keys), "PaymentPlan", PaymentRules.NotWhole },
            { "too much with an amount", Of(Keys, Keys, new() { Amount = 1 }), "PaymentPlan", PaymentRules.NotWhole },
            { "nothing", Of(Booking, Keys, new()), "PaymentPlan.2.Percent", FieldErrorCode.Required },
            { "both", Of(Booking with { Amount = 1 }, Keys), "PaymentPlan.0.Amount", PaymentRules.ShareAndAmount },
            { "no share", Of(Booking with { Percent = 0 }), "PaymentPlan.0.Percent", FieldErrorCode.OutOfRange },
            { "no amount", Of(new PaymentStage { Amount = -1 }), "PaymentPlan.0.Amount", FieldErrorCode.OutOfRange },
            { "no day", Of(Booking with { Due = PaymentDue.Day }), "PaymentPlan.0.Day", FieldErrorCode.Required },
            {
                "no months",
                Of(Booking with { Due = PaymentDue.MonthsAfterBooking }),
                "PaymentPlan.0.Months",
                FieldErrorCode.Required
            },
            {
                "many months",
                Of(Booking with { Due = PaymentDue.MonthsAfterHandover, Months = 361 }),
                "PaymentPlan.0.Months",
                FieldErrorCode.OutOfRange
            },
            { "moment", Of(Booking with { Due = (PaymentDue)9 }), "PaymentPlan.0.Due", FieldErrorCode.UnknownOption },
            { "unreadable", Of(Booking with { Label = "a\0" }), "PaymentPlan.0.Label", FieldErrorCode.UnreadableText },
            {
                "long",
                Of(Booking with { Label = new string('x', 101) }),
                "PaymentPlan.0.Label",
                FieldErrorCode.TooLong
            },
            {
                "many",
                Of([.. Enumerable.Repeat(new PaymentStage { Percent = 4 }, 25)]),
                "PaymentPlan",
                FieldErrorCode.TooMany
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_IsNamedAtItsField(string what, DevelopmentInput input, string field, string code)
    {
        Assert.NotNull(what);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => _bed.OfferAsync(input));

        var error = Assert.Single(refused.Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
    }

    private static DevelopmentInput Of(params PaymentStage[] plan) => Offers.Input with { PaymentPlan = plan };
}
