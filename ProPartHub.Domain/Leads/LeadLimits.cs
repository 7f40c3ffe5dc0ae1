namespace ProPartHub.Domain.Leads;

/// <summary>Longest values of a lead's fields, in characters: one place for forms, validation and columns.</summary>
public static class LeadLimits
{
    /// <summary>Shortest client name.</summary>
    public const int ClientNameMinimum = 2;

    /// <summary>Client name.</summary>
    public const int ClientName = 200;

    /// <summary>Phones; E.164 needs 16, unreadable ones from HubSpot more.</summary>
    public const int Phone = 64;

    /// <summary>Mail address (RFC 5321: 254).</summary>
    public const int Email = 254;

    /// <summary>Company.</summary>
    public const int Company = 200;

    /// <summary>Telegram nickname; Telegram itself allows 32.</summary>
    public const int Telegram = 64;

    /// <summary>Values of option lists.</summary>
    public const int Option = 200;

    /// <summary>Longest note about a client's consent.</summary>
    public const int ConsentNote = 300;

    /// <summary>Free notes.</summary>
    public const int Notes = 4000;

    /// <summary>Why a lead was handed over.</summary>
    public const int TransferReason = 500;

    /// <summary>Largest budget.</summary>
    public const decimal Budget = 1_000_000_000m;

    internal static readonly string[] OptionFields =
    [
        nameof(Lead.Messenger),
        nameof(Lead.Country),
        nameof(Lead.PurchaseGoal),
        nameof(Lead.PropertyType),
        nameof(Lead.ObjectType),
        nameof(Lead.Language),
        nameof(Lead.Source),
        nameof(Lead.RefusalReason),
    ];
}
