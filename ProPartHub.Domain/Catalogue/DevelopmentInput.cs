namespace ProPartHub.Domain.Catalogue;

/// <summary>What is typed about a development.</summary>
public sealed record DevelopmentInput
{
    private static readonly IReadOnlyList<string> NoGoals = [];
    private static readonly IReadOnlyList<UnitInput> NoUnits = [];
    private static readonly IReadOnlyList<PaymentStage> NoPlan = [];

    /// <inheritdoc cref="Development.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="Development.Country"/>
    public string? Country { get; init; }

    /// <inheritdoc cref="Development.City"/>
    public string? City { get; init; }

    /// <inheritdoc cref="Development.District"/>
    public string? District { get; init; }

    /// <inheritdoc cref="Development.Kind"/>
    public string? Kind { get; init; }

    /// <inheritdoc cref="Development.Goals"/>
    public IReadOnlyList<string> Goals { get; init; } = NoGoals;

    /// <inheritdoc cref="Development.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="Development.PaymentTerms"/>
    public string? PaymentTerms { get; init; }

    /// <inheritdoc cref="Development.PaymentPlan"/>
    public IReadOnlyList<PaymentStage> PaymentPlan { get; init; } = NoPlan;

    /// <inheritdoc cref="Development.PriceFrom"/>
    public decimal? PriceFrom { get; init; }

    /// <inheritdoc cref="Development.PriceTo"/>
    public decimal? PriceTo { get; init; }

    /// <summary>Its units in order.</summary>
    public IReadOnlyList<UnitInput> Units { get; init; } = NoUnits;

    /// <summary>Whether both say the same; lists are compared by what is in them.</summary>
    public bool IsLike(DevelopmentInput? other) =>
        other is not null
        && Single(this) == Single(other)
        && Goals.SequenceEqual(other.Goals)
        && PaymentPlan.SequenceEqual(other.PaymentPlan)
        && Units.SequenceEqual(other.Units);

    /// <summary>What is stored.</summary>
    internal static DevelopmentInput Of(Development development) =>
        new()
        {
            Name = development.Name,
            Country = development.Country,
            City = development.City,
            District = development.District,
            Kind = development.Kind,
            Goals = [.. development.Goals],
            Description = development.Description,
            PaymentTerms = development.PaymentTerms,
            PaymentPlan = [.. development.PaymentPlan],
            PriceFrom = development.PriceFrom,
            PriceTo = development.PriceTo,
            Units = [.. development.Units.OrderBy(unit => unit.Place).Select(UnitInput.Of)],
        };

    private static DevelopmentInput Single(DevelopmentInput input) =>
        input with
        {
            Goals = NoGoals,
            PaymentPlan = NoPlan,
            Units = NoUnits,
        };
}

/// <summary>What is typed about a unit.</summary>
/// <param name="Id">Its key, made by the caller for a new one.</param>
public sealed record UnitInput(Guid Id)
{
    /// <inheritdoc cref="Unit.Type"/>
    public UnitType Type { get; init; }

    /// <inheritdoc cref="Unit.SizeFrom"/>
    public decimal? SizeFrom { get; init; }

    /// <inheritdoc cref="Unit.SizeTo"/>
    public decimal? SizeTo { get; init; }

    /// <inheritdoc cref="Unit.Price"/>
    public decimal? Price { get; init; }

    /// <inheritdoc cref="Unit.IsAvailable"/>
    public bool IsAvailable { get; init; } = true;

    internal static UnitInput Of(Unit unit) =>
        new(unit.Id)
        {
            Type = unit.Type,
            SizeFrom = unit.SizeFrom,
            SizeTo = unit.SizeTo,
            Price = unit.Price,
            IsAvailable = unit.IsAvailable,
        };
}
