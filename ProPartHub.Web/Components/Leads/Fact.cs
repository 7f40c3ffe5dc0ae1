using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>What is read, and edited in its place, as one: a field, or the budget with both its ends and the currency.</summary>
/// <param name="TextKey">The resource with its name.</param>
/// <param name="Fields">Its fields, in the order of their inputs.</param>
public sealed record Fact(string TextKey, IReadOnlyList<LeadField> Fields)
{
    /// <summary>Both ends of the budget and the currency.</summary>
    public static Fact Budget { get; } =
        new("Column_Budget", [LeadField.BudgetFrom, LeadField.BudgetTo, LeadField.Currency]);

    /// <summary>Who the client is and how to reach them.</summary>
    public static IReadOnlyList<Fact> Client { get; } =
    [
        Of(LeadField.ClientName),
        Of(LeadField.Phone),
        Of(LeadField.Email),
        Of(LeadField.SecondPhone),
        Of(LeadField.Telegram),
        Of(LeadField.Messenger),
        Of(LeadField.Company),
        Of(LeadField.Language),
        Of(LeadField.BirthDate),
    ];

    /// <summary>What the client looks for.</summary>
    public static IReadOnlyList<Fact> Wish { get; } =
    [
        Budget,
        Of(LeadField.Country),
        Of(LeadField.PurchaseGoal),
        Of(LeadField.PropertyType),
        Of(LeadField.ObjectType),
        Of(LeadField.Source),
        Of(LeadField.RefusalReason),
        Of(LeadField.Notes),
    ];

    /// <summary>All, in their order on the page.</summary>
    public static IReadOnlyList<Fact> All { get; } = [.. Client, .. Wish];

    /// <summary>Its one field; null for the budget.</summary>
    public LeadField? Field => Fields is [var one] ? one : null;

    /// <summary>The fact that holds all of these fields; null where they belong to several, or to none.</summary>
    public static Fact? Holding(IReadOnlyCollection<LeadField> fields) =>
        fields.Count == 0 ? null : All.FirstOrDefault(fact => fields.All(fact.Fields.Contains));

    private static Fact Of(LeadField field) => new($"Field_{field}", [field]);
}
