namespace ProPartHub.Domain.Leads;

/// <summary>
/// The fields of a lead that people and HubSpot both edit. Merging, history and mapping all speak of fields by
/// these names, with values as invariant text (see <see cref="LeadFields"/>).
/// </summary>
public enum LeadField
{
    /// <summary><see cref="Lead.ClientName"/>.</summary>
    ClientName,

    /// <summary><see cref="Lead.Phone"/>.</summary>
    Phone,

    /// <summary><see cref="Lead.SecondPhone"/>.</summary>
    SecondPhone,

    /// <summary><see cref="Lead.Email"/>.</summary>
    Email,

    /// <summary><see cref="Lead.Company"/>.</summary>
    Company,

    /// <summary><see cref="Lead.Telegram"/>.</summary>
    Telegram,

    /// <summary><see cref="Lead.Messenger"/>.</summary>
    Messenger,

    /// <summary><see cref="Lead.BirthDate"/>.</summary>
    BirthDate,

    /// <summary><see cref="Lead.BudgetFrom"/>.</summary>
    BudgetFrom,

    /// <summary><see cref="Lead.BudgetTo"/>.</summary>
    BudgetTo,

    /// <summary><see cref="Lead.Currency"/>.</summary>
    Currency,

    /// <summary><see cref="Lead.Country"/>.</summary>
    Country,

    /// <summary><see cref="Lead.PurchaseGoal"/>.</summary>
    PurchaseGoal,

    /// <summary><see cref="Lead.PropertyType"/>.</summary>
    PropertyType,

    /// <summary><see cref="Lead.ObjectType"/>.</summary>
    ObjectType,

    /// <summary><see cref="Lead.Language"/>.</summary>
    Language,

    /// <summary><see cref="Lead.Source"/>.</summary>
    Source,

    /// <summary><see cref="Lead.RefusalReason"/>.</summary>
    RefusalReason,

    /// <summary><see cref="Lead.Notes"/>.</summary>
    Notes,

    /// <summary><see cref="Lead.StageId"/>; changed by its own command.</summary>
    Stage,

    /// <summary><see cref="Lead.AgentId"/>; changed by its own command.</summary>
    Agent,
}
