namespace ProPartHub.Domain.Leads;

/// <summary>
/// What a person types about a lead: the model that forms bind to and imports fill. Copy it with <c>with { }</c>
/// when a form opens and hand both copies back on save, so that the service can merge field by field.
/// </summary>
public sealed record LeadInput : ILeadValues
{
    /// <inheritdoc/>
    public string ClientName { get; set; } = "";

    /// <inheritdoc/>
    public string? Phone { get; set; }

    /// <inheritdoc/>
    public string? SecondPhone { get; set; }

    /// <inheritdoc/>
    public string? Email { get; set; }

    /// <inheritdoc/>
    public string? Company { get; set; }

    /// <inheritdoc/>
    public string? Telegram { get; set; }

    /// <inheritdoc/>
    public string? Messenger { get; set; }

    /// <inheritdoc/>
    public DateOnly? BirthDate { get; set; }

    /// <inheritdoc/>
    public decimal? BudgetFrom { get; set; }

    /// <inheritdoc/>
    public decimal? BudgetTo { get; set; }

    /// <inheritdoc/>
    public string Currency { get; set; } = "USD";

    /// <inheritdoc/>
    public string? Country { get; set; }

    /// <inheritdoc/>
    public string? PurchaseGoal { get; set; }

    /// <inheritdoc/>
    public string? PropertyType { get; set; }

    /// <inheritdoc/>
    public string? ObjectType { get; set; }

    /// <inheritdoc/>
    public string? Language { get; set; }

    /// <inheritdoc/>
    public string? Source { get; set; }

    /// <inheritdoc/>
    public string? RefusalReason { get; set; }

    /// <inheritdoc/>
    public string? Notes { get; set; }

    /// <summary>True when the client agreed to the keeping of personal data; asked when a lead is registered.</summary>
    public bool HasConsent { get; set; }

    /// <summary>How the client agreed, and to which text or version.</summary>
    public string? ConsentNote { get; set; }

    /// <summary>The lead's present values.</summary>
    public static LeadInput From(Lead lead)
    {
        var input = new LeadInput();
        foreach (var field in LeadFields.Typed)
        {
            LeadFields.Write(input, field, LeadFields.Read(lead, field));
        }

        return input;
    }

    /// <summary>
    /// A copy as it would be stored: trimmed, empty text as null, phones in E.164 where readable, mail in lower case,
    /// Telegram names without the leading @.
    /// </summary>
    public LeadInput Normalised()
    {
        var copy = this with { };
        foreach (var field in LeadFields.Typed)
        {
            LeadFields.Write(copy, field, LeadFields.Normalise(field, LeadFields.Read(copy, field)));
        }

        return copy;
    }
}
