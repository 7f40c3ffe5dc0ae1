using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>What a column of a file can be. Names are stored with imports and never change.</summary>
public enum ImportField
{
    /// <summary>Nothing that is taken in.</summary>
    None = 0,

    /// <summary>The lead's short number: says which lead a row is about.</summary>
    Number,

    /// <inheritdoc cref="LeadField.ClientName"/>
    ClientName,

    /// <inheritdoc cref="LeadField.Phone"/>
    Phone,

    /// <inheritdoc cref="LeadField.SecondPhone"/>
    SecondPhone,

    /// <inheritdoc cref="LeadField.Email"/>
    Email,

    /// <inheritdoc cref="LeadField.Company"/>
    Company,

    /// <inheritdoc cref="LeadField.Telegram"/>
    Telegram,

    /// <inheritdoc cref="LeadField.Messenger"/>
    Messenger,

    /// <inheritdoc cref="LeadField.BirthDate"/>
    BirthDate,

    /// <summary>Both ends of the budget in one cell: a range, a preset or an amount.</summary>
    Budget,

    /// <inheritdoc cref="LeadField.BudgetFrom"/>
    BudgetFrom,

    /// <inheritdoc cref="LeadField.BudgetTo"/>
    BudgetTo,

    /// <inheritdoc cref="LeadField.Currency"/>
    Currency,

    /// <inheritdoc cref="LeadField.Country"/>
    Country,

    /// <inheritdoc cref="LeadField.PurchaseGoal"/>
    PurchaseGoal,

    /// <inheritdoc cref="LeadField.PropertyType"/>
    PropertyType,

    /// <inheritdoc cref="LeadField.ObjectType"/>
    ObjectType,

    /// <inheritdoc cref="LeadField.Language"/>
    Language,

    /// <inheritdoc cref="LeadField.Source"/>
    Source,

    /// <inheritdoc cref="LeadField.RefusalReason"/>
    RefusalReason,

    /// <inheritdoc cref="LeadField.Notes"/>
    Notes,

    /// <inheritdoc cref="LeadField.Stage"/>
    Stage,

    /// <inheritdoc cref="LeadField.Agent"/>
    Agent,

    /// <summary>Tags by name, divided by commas; they are added to those that the lead has.</summary>
    Tags,
}

/// <summary>Fields of files beside those of leads.</summary>
public static class ImportFields
{
    /// <summary>Everything that can be chosen for a column, in the order of the form.</summary>
    public static IReadOnlyList<ImportField> Offered { get; } =
    [.. Enum.GetValues<ImportField>().Where(field => field is not ImportField.None)];

    /// <summary>The lead's field of the same name; null for what is none.</summary>
    public static LeadField? ToLeadField(this ImportField field) =>
        Enum.TryParse<LeadField>(field.ToString(), out var known) ? known : null;
}
