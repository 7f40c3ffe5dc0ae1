using System.Globalization;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Web.Components.Catalogue.Payment;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>A property's form as it is typed, and as the browser keeps it: texts by the inputs' names.</summary>
internal sealed class PropertyDraft
{
    public const string GoalsName = nameof(Goals);
    public const string UnitsName = nameof(Units);
    public const string PlanName = nameof(Plan);

    // What an input hands over that is no number is refused at its field.
    private const decimal NoNumber = -1;

    public string? Name { get; set; }

    public string? Country { get; set; }

    public string? City { get; set; }

    public string? District { get; set; }

    public string? Kind { get; set; }

    public List<string> Goals { get; private set; } = [];

    public string? Description { get; set; }

    public string? PaymentTerms { get; set; }

    public string? PriceFrom { get; set; }

    public string? PriceTo { get; set; }

    public List<PaymentStageDraft> Plan { get; private set; } = [];

    public List<UnitDraft> Units { get; private set; } = [];

    /// <summary>The form as it opens.</summary>
    public static PropertyDraft Of(DevelopmentInput? opened) =>
        opened is null
            ? new()
            : new()
            {
                Name = opened.Name,
                Country = opened.Country,
                City = opened.City,
                District = opened.District,
                Kind = opened.Kind,
                Goals = [.. opened.Goals],
                Description = opened.Description,
                PaymentTerms = opened.PaymentTerms,
                Plan = [.. opened.PaymentPlan.Select(PaymentStageDraft.Of)],
                PriceFrom = CatalogueAddress.Text(opened.PriceFrom),
                PriceTo = CatalogueAddress.Text(opened.PriceTo),
                Units =
                [
                    .. opened.Units.Select(unit => new UnitDraft
                    {
                        Id = unit.Id,
                        Type = unit.Type,
                        SizeFrom = CatalogueAddress.Text(unit.SizeFrom),
                        SizeTo = CatalogueAddress.Text(unit.SizeTo),
                        Price = CatalogueAddress.Text(unit.Price),
                        IsAvailable = unit.IsAvailable,
                    }),
                ],
            };

    /// <summary>What it says.</summary>
    public DevelopmentInput Input() =>
        new()
        {
            Name = Name,
            Country = Country,
            City = City,
            District = District,
            Kind = Kind,
            Goals = [.. Goals],
            Description = Description,
            PaymentTerms = PaymentTerms,
            PaymentPlan = [.. Plan.Select(stage => stage.Stage())],
            PriceFrom = Number(PriceFrom),
            PriceTo = Number(PriceTo),
            Units =
            [
                .. Units.Select(unit => new UnitInput(unit.Id)
                {
                    Type = unit.Type,
                    SizeFrom = Number(unit.SizeFrom),
                    SizeTo = Number(unit.SizeTo),
                    Price = Number(unit.Price),
                    IsAvailable = unit.IsAvailable,
                }),
            ],
        };

    /// <summary>Every value by its input's name.</summary>
    public IReadOnlyDictionary<string, string?> Values()
    {
        var values = new Dictionary<string, string?>
        {
            [nameof(Name)] = Name,
            [nameof(Country)] = Country,
            [nameof(City)] = City,
            [nameof(District)] = District,
            [nameof(Kind)] = Kind,
            [nameof(Description)] = Description,
            [nameof(PaymentTerms)] = PaymentTerms,
            [nameof(PriceFrom)] = PriceFrom,
            [nameof(PriceTo)] = PriceTo,
            [GoalsName] = GoalsText(),
            [UnitsName] = UnitsText(),
            [PlanName] = PlanText(),
        };
        Plan.ForEach(stage => stage.Read(values));
        Units.ForEach(unit => unit.Read(values));
        return values;
    }

    /// <summary>The goals as one value.</summary>
    public string GoalsText() => string.Join('\n', Goals);

    /// <summary>Which rows there are, as one value: their inputs come and go.</summary>
    public string UnitsText() => string.Join('\n', Units.Select(unit => unit.Id));

    /// <summary>The same of the stages of payment.</summary>
    public string PlanText() => string.Join('\n', Plan.Select(stage => stage.Id));

    /// <summary>Sets the values that are named.</summary>
    public void Write(IReadOnlyDictionary<string, string?> values)
    {
        Name = values.GetValueOrDefault(nameof(Name), Name);
        Country = values.GetValueOrDefault(nameof(Country), Country);
        City = values.GetValueOrDefault(nameof(City), City);
        District = values.GetValueOrDefault(nameof(District), District);
        Kind = values.GetValueOrDefault(nameof(Kind), Kind);
        Description = values.GetValueOrDefault(nameof(Description), Description);
        PaymentTerms = values.GetValueOrDefault(nameof(PaymentTerms), PaymentTerms);
        PriceFrom = values.GetValueOrDefault(nameof(PriceFrom), PriceFrom);
        PriceTo = values.GetValueOrDefault(nameof(PriceTo), PriceTo);
        if (values.GetValueOrDefault(GoalsName) is { } goals)
        {
            Goals = [.. goals.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }

        if (values.GetValueOrDefault(UnitsName) is { } units)
        {
            // A row that is not there yet was added, and has all that was put in it among the values.
            Units =
            [
                .. RowsOf(units)
                    .Select(id => Units.Find(unit => unit.Id == id) ?? new UnitDraft { Id = id, IsAvailable = false }),
            ];
        }

        if (values.GetValueOrDefault(PlanName) is { } plan)
        {
            Plan =
            [
                .. RowsOf(plan).Select(id => Plan.Find(stage => stage.Id == id) ?? new PaymentStageDraft { Id = id }),
            ];
        }

        Units.ForEach(unit => unit.Write(values));
        Plan.ForEach(stage => stage.Write(values));
    }

    private static IEnumerable<Guid> RowsOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => Guid.TryParse(row, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .Distinct();

    /// <summary>A number as it was typed; what is none is one that no field takes.</summary>
    public static decimal? Number(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : NoNumber;
}
