namespace ProPartHub.Domain.Leads;

/// <summary>The typed fields that a stored <see cref="Lead"/> and a form's <see cref="LeadInput"/> have in common.</summary>
public interface ILeadValues
{
    /// <summary>Client and deal name.</summary>
    string ClientName { get; set; }

    /// <summary>Phone in E.164, or as it came when unreadable.</summary>
    string? Phone { get; set; }

    /// <summary>Second phone, in E.164 when readable.</summary>
    string? SecondPhone { get; set; }

    /// <summary>Mail address, lower case.</summary>
    string? Email { get; set; }

    /// <summary>Company of the client.</summary>
    string? Company { get; set; }

    /// <summary>Telegram nickname, without the leading @.</summary>
    string? Telegram { get; set; }

    /// <summary>Preferred messenger, an option value.</summary>
    string? Messenger { get; set; }

    /// <summary>Birthday of the client.</summary>
    DateOnly? BirthDate { get; set; }

    /// <summary>Lower end of the budget in <see cref="Currency"/>.</summary>
    decimal? BudgetFrom { get; set; }

    /// <summary>Upper end of the budget in <see cref="Currency"/>; null with a lower end means "and above".</summary>
    decimal? BudgetTo { get; set; }

    /// <summary>ISO 4217 code of the budget.</summary>
    string Currency { get; set; }

    /// <summary>Country of purchase, an option value.</summary>
    string? Country { get; set; }

    /// <summary>Purpose of the purchase, an option value.</summary>
    string? PurchaseGoal { get; set; }

    /// <summary>Off-plan, resale or commercial, an option value.</summary>
    string? PropertyType { get; set; }

    /// <summary>Apartment, villa…, an option value.</summary>
    string? ObjectType { get; set; }

    /// <summary>Language the client speaks, an option value.</summary>
    string? Language { get; set; }

    /// <summary>Where the client came from, an option value.</summary>
    string? Source { get; set; }

    /// <summary>Why the deal was lost, an option value.</summary>
    string? RefusalReason { get; set; }

    /// <summary>Free notes about the client.</summary>
    string? Notes { get; set; }
}
