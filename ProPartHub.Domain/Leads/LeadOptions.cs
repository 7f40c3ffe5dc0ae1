namespace ProPartHub.Domain.Leads;

/// <summary>
/// The agency's own option lists of a lead, with the values that its HubSpot stores: what is offered until HubSpot's lists
/// were read (<see cref="LeadOptionBook"/>), and whose labels are resources of the interface in both languages.
/// </summary>
public static class LeadOptions
{
    /// <summary>Countries of purchase.</summary>
    public static IReadOnlyList<string> Countries { get; } =
    [
        "Дубай",
        "Турція",
        "Балі",
        "Таїланд",
        "Камбоджа",
        "Оман",
        "Абу-Дабі",
        "Мальдіви",
        "Румунія",
        "Іспанія",
        "Чорногорія",
        "Греція",
        "Північний Кіпр",
        "Південний Кіпр",
    ];

    /// <summary>Purposes of the purchase.</summary>
    public static IReadOnlyList<string> PurchaseGoals { get; } = ["перепродажа", "под аренду", "для себя"];

    /// <summary>Off-plan, resale, commercial.</summary>
    public static IReadOnlyList<string> PropertyTypes { get; } = ["офф-план", "вторичка", "коммерция"];

    /// <summary>Kinds of object.</summary>
    public static IReadOnlyList<string> ObjectTypes { get; } =
    ["апартаменты", "вилла", "таунхаус", "отельный номер", "отель", "коммерческое помещение", "земля"];

    /// <summary>Languages of conversation.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["украинский", "русский", "английский"];

    /// <summary>Where clients come from.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    ["блогер-агент", "агент", "ютуб", "соц сети компании", "сайт", "рекомендация", "личный контакт", "реклама/таргет"];

    /// <summary>Why a deal was lost.</summary>
    public static IReadOnlyList<string> RefusalReasons { get; } =
    [
        "игнорирует звонки и смс",
        "недостаточный бюджет",
        "не планирует покупать",
        "купил сам или с другим АН",
        "не оставлял заявку",
        "риелтор",
        "менеджер застройщика",
    ];

    /// <summary>Messengers.</summary>
    public static IReadOnlyList<string> Messengers { get; } = ["whatsapp", "telegram", "viber", "botim", "signal"];

    /// <summary>Currencies a budget may be in; the agency's own first.</summary>
    public static IReadOnlyList<string> Currencies { get; } = ["USD", "EUR", "AED", "UAH", "GBP"];

    /// <summary>The currency of <see cref="BudgetBands"/>.</summary>
    public const string BandCurrency = "USD";

    /// <summary>The budget bands offered as presets, in USD; null as upper end means "and above".</summary>
    public static IReadOnlyList<(decimal? From, decimal? To)> BudgetBands { get; } =
    [(null, 200_000m), (200_000m, 500_000m), (500_000m, 1_000_000m), (1_000_000m, null)];

    /// <summary>The options of a field, or null when the field is free.</summary>
    public static IReadOnlyList<string>? For(LeadField field) =>
        field switch
        {
            LeadField.Country => Countries,
            LeadField.PurchaseGoal => PurchaseGoals,
            LeadField.PropertyType => PropertyTypes,
            LeadField.ObjectType => ObjectTypes,
            LeadField.Language => Languages,
            LeadField.Source => Sources,
            LeadField.RefusalReason => RefusalReasons,
            LeadField.Messenger => Messengers,
            LeadField.Currency => Currencies,
            _ => null,
        };
}
