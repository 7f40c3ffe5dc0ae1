using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Made-up developments for tests.</summary>
internal static class Offers
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    /// <summary>A valid input in Dubai from $200,000 to $300,000.</summary>
    public static DevelopmentInput Input { get; } =
        new()
        {
            Name = "Затока",
            Country = "Дубай",
            City = "Місто",
            Kind = "офф-план",
            Goals = ["для себя"],
            PriceFrom = 200_000,
            PriceTo = 300_000,
        };

    /// <summary>A unit of 40 m² for $200,000.</summary>
    public static UnitInput Unit(UnitType type = UnitType.OneRoom) =>
        new(Guid.CreateVersion7())
        {
            Type = type,
            SizeFrom = 40,
            Price = 200_000,
        };

    /// <summary>Adds one and gives its number.</summary>
    public static async Task<(Guid Id, long Number)> OfferAsync(
        this HubBed bed,
        DevelopmentInput? input = null,
        Actor? by = null
    )
    {
        var id = Guid.CreateVersion7();
        return (id, await bed.Get<DevelopmentService>().CreateAsync(by ?? bed.Nina, id, input ?? Input, Token));
    }
}
