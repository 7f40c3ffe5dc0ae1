using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue.Demo;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Catalogue;

/// <summary>Made-up developments for development installations, in the countries in which the demo leads want to buy.</summary>
public sealed class DemoCatalogue(HubDatabase database, TimeProvider time)
{
    // Any number that no other lock of the hub uses: "democata" as ASCII.
    private const long LockKey = 0x64_65_6D_6F_63_61_74_61;

    private const string OffPlan = "офф-план";
    private const string Resale = "вторичка";
    private const string Commercial = "коммерция";
    private const string Reselling = "перепродажа";
    private const string Letting = "под аренду";
    private const string Own = "для себя";

    private static readonly Sample[] All =
    [
        new("Azure Lagoon Residences", "Дубай", "Al Noor Creek", "Lagoon Quarter", OffPlan, [Reselling, Letting])
        {
            Price = (285_000, 940_000),
            Terms = "20 % під час бронювання, 40 % до здачі, 40 % протягом двох років після ключів без відсотків.",
            Text = "Три вежі біля штучної лагуни, власний пляж і коворкінг. Здача: IV квартал 2028 року.",
            Units =
            [
                (UnitType.Studio, 38, 44, 285_000, true),
                (UnitType.OneRoom, 62, 71, 410_000, true),
                (UnitType.TwoRooms, 96, 118, 640_000, true),
                (UnitType.ThreeRooms, 142, null, 940_000, false),
            ],
        },
        new("Palm Court Villas", "Дубай", "Sahra Hills", null, Resale, [Own])
        {
            Price = (1_450_000, 2_300_000),
            Terms = "Повна оплата протягом 30 днів; іпотека для нерезидентів до 50 %.",
            Text = "Готові вілли із садом і басейном у закритому кварталі.",
            Units = [(UnitType.FourRooms, 310, 340, 1_450_000, true), (UnitType.FiveRooms, 420, null, 2_300_000, true)],
        },
        new("Olive Bay", "Турція", "Аланія", "Тепе", OffPlan, [Letting, Own])
        {
            Price = (98_000, 265_000),
            Terms = "30 % перший внесок, решта рівними частинами до здачі. Розтермінування на 24 місяці.",
            Text = "Невисокі будинки на схилі з видом на море, підігрітий басейн, трансфер до пляжу.",
            Units =
            [
                (UnitType.OneRoom, 52, 58, 98_000, true),
                (UnitType.TwoRooms, 84, 92, 149_000, true),
                (UnitType.ThreeRooms, 128, 150, 265_000, true),
            ],
        },
        new("Marmara Yard", "Турція", "Стамбул", "Західний берег", Commercial, [Letting])
        {
            Price = (210_000, 780_000),
            Text = "Торгові приміщення на першому поверсі з орендарями на п’ять років.",
            Units = [(UnitType.Studio, 60, 120, 210_000, true), (UnitType.TwoRooms, 180, 260, 780_000, true)],
        },
        new("Rice Terrace Suites", "Балі", "Убуд", null, OffPlan, [Letting, Reselling])
        {
            Price = (129_000, 240_000),
            Terms = "50 % при підписанні, 50 % у день передачі ключів. Керівна компанія бере 20 % доходу.",
            Text = "Апартаменти з готельним сервісом серед рисових терас; лізгольд на 30 років.",
            Units = [(UnitType.Studio, 34, 40, 129_000, true), (UnitType.OneRoom, 56, 64, 240_000, true)],
        },
        new("Coral Hill", "Таїланд", "Пхукет", "Банг Тао", OffPlan, [Letting, Own])
        {
            Price = (155_000, 520_000),
            Terms = "Бронювання 3 000 $, 25 % за договором, далі за графіком будівництва.",
            Text = "Кондомініум за 900 метрів від пляжу, фріхолд для іноземців у межах квоти.",
            Units =
            [
                (UnitType.OneRoom, 41, 49, 155_000, true),
                (UnitType.TwoRooms, 78, 90, 298_000, true),
                (UnitType.ThreeRooms, 140, null, 520_000, true),
            ],
        },
        new("Frangipani Gardens", "Камбоджа", "Сіануквіль", null, OffPlan, [Reselling])
        {
            Price = (69_000, null),
            Text = "Перша черга; ціна зросте після закладення фундаменту.",
            Units = [(UnitType.Studio, 30, 36, 69_000, true)],
        },
        new("Harbour Steps", "Оман", "Маскат", "Стара гавань", OffPlan, [Own, Letting])
        {
            Price = (190_000, 610_000),
            Terms = "10 % бронювання, 50 % до здачі, 40 % після; резидентство для покупця та родини.",
            Text = "Набережна з мариною, школами та гольф-полем. Здача: II квартал 2027 року.",
            Units =
            [
                (UnitType.OneRoom, 70, 78, 190_000, true),
                (UnitType.TwoRooms, 110, 124, 335_000, true),
                (UnitType.ThreeRooms, 168, 190, 610_000, true),
            ],
        },
        new("Sierra Blanca Heights", "Іспанія", "Costa Serena", null, Resale, [Own])
        {
            Price = (420_000, 890_000),
            Terms = "Іпотека до 60 % для нерезидентів; податок 10 % сплачує покупець.",
            Text = "Таунхауси з терасами, до моря 12 хвилин автомобілем.",
            Units = [(UnitType.ThreeRooms, 145, 160, 420_000, true), (UnitType.FourRooms, 230, null, 890_000, true)],
        },
        new("Bay of Pines", "Чорногорія", "Тиват", null, OffPlan, [Own, Letting])
        {
            Price = (175_000, 460_000),
            Terms = "20 % — 60 % — 20 %.",
            Text = "Дев’ять будинків серед сосен, власний причал.",
            Units =
            [
                (UnitType.Studio, 36, null, 175_000, false),
                (UnitType.OneRoom, 55, 66, 248_000, true),
                (UnitType.TwoRooms, 92, 104, 460_000, true),
            ],
        },
        new("Theta Park", "Греція", "Афіни", "Південне узбережжя", Resale, [Own, Letting])
        {
            Price = (260_000, 270_000),
            Text = "Відновлений будинок 1970-х років; проходить за програмою «золотої візи».",
            Units = [(UnitType.TwoRooms, 74, 81, 260_000, true)],
        },
        new("Citrus Grove", "Північний Кіпр", "Іскеле", "Long Strand", OffPlan, [Reselling, Letting])
        {
            Price = (84_000, 198_000),
            Terms = "35 % до здачі, решта протягом 60 місяців без відсотків.",
            Text = "Комплекс із аквапарком, спортзалом і дитячим садком.",
            Units =
            [
                (UnitType.Studio, 37, 42, 84_000, true),
                (UnitType.OneRoom, 54, 60, 118_000, true),
                (UnitType.TwoRooms, 82, 95, 198_000, true),
            ],
        },
    ];

    /// <summary>Adds the developments that are missing; leaves those alone that are there, changed or not.</summary>
    public Task SeedAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                // Two instances may start at once.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", stop);
                var there = await db.Developments.Select(row => row.Id).ToListAsync(stop);
                var now = time.GetUtcNow();
                db.Developments.AddRange(
                    All.Index()
                        .Where(sample => !there.Contains(Id(sample.Index)))
                        .Select(sample => sample.Item.Made(sample.Index, now))
                );
            },
            cancellationToken
        );

    /// <summary>How many there are.</summary>
    internal static int Count => All.Length;

    /// <summary>The key of one.</summary>
    internal static Guid Id(int place) => new($"d0d0d0d0-0000-7000-8001-{place:D12}");

    private static Guid UnitId(int place, int unit) => new($"d0d0d0d0-0000-7000-8002-{place * 1000 + unit:D12}");

    private sealed record Sample(
        string Name,
        string Country,
        string City,
        string? District,
        string Kind,
        List<string> Goals
    )
    {
        public required (decimal From, decimal? To) Price { get; init; }

        public string? Terms { get; init; }

        public required string Text { get; init; }

        public required (
            UnitType Type,
            decimal From,
            decimal? To,
            decimal Price,
            bool IsAvailable
        )[] Units { get; init; }

        public Development Made(int place, DateTimeOffset now) =>
            new()
            {
                Id = Id(place),
                Name = Name,
                Country = Country,
                City = City,
                District = District,
                Kind = Kind,
                Goals = [.. Goals],
                Description = Text,
                PaymentTerms = Terms,
                PaymentPlan = DemoOffers.PlanOf(place),
                PriceFrom = Price.From,
                PriceTo = Price.To,
                CreatedAt = now.AddDays(-120),
                UpdatedAt = now,
                SearchText = SearchText.Normalise($"{Name} {City} {District}"),
                Units =
                [
                    .. Units
                        .Index()
                        .Select(unit => new Unit
                        {
                            Id = UnitId(place, unit.Index),
                            Type = unit.Item.Type,
                            SizeFrom = unit.Item.From,
                            SizeTo = unit.Item.To,
                            Price = unit.Item.Price,
                            IsAvailable = unit.Item.IsAvailable,
                            Place = unit.Index,
                        }),
                ],
            };
    }
}
