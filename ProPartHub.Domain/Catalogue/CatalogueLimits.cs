namespace ProPartHub.Domain.Catalogue;

/// <summary>Longest and largest values of the catalogue: one place for forms, rules and columns.</summary>
public static class CatalogueLimits
{
    /// <summary>Name of a development, in characters.</summary>
    public const int Name = 200;

    /// <summary>City and district, in characters.</summary>
    public const int Place = 100;

    /// <summary>Description, in characters.</summary>
    public const int Description = 4000;

    /// <summary>Payment terms, in characters.</summary>
    public const int PaymentTerms = 2000;

    /// <summary>Largest price.</summary>
    public const decimal Price = 1_000_000_000m;

    /// <summary>Largest unit, in square metres.</summary>
    public const decimal Size = 100_000m;

    /// <summary>Most units of a development.</summary>
    public const int Units = 200;
}
