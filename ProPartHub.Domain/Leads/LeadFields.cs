using System.Globalization;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Reads and writes a lead's fields as invariant text: dates as <c>yyyy-MM-dd</c>, amounts without trailing zeros,
/// stage and agent as ids. One table serves forms, merging, history and the HubSpot mapping.
/// </summary>
public static class LeadFields
{
    private static readonly Dictionary<LeadField, Accessor> Accessors = new()
    {
        [LeadField.ClientName] = new(lead => lead.ClientName, (lead, text) => lead.ClientName = text ?? ""),
        [LeadField.Phone] = new(lead => lead.Phone, (lead, text) => lead.Phone = text),
        [LeadField.SecondPhone] = new(lead => lead.SecondPhone, (lead, text) => lead.SecondPhone = text),
        [LeadField.Email] = new(lead => lead.Email, (lead, text) => lead.Email = text),
        [LeadField.Company] = new(lead => lead.Company, (lead, text) => lead.Company = text),
        [LeadField.Telegram] = new(lead => lead.Telegram, (lead, text) => lead.Telegram = text),
        [LeadField.Messenger] = new(lead => lead.Messenger, (lead, text) => lead.Messenger = text),
        [LeadField.BirthDate] = new(lead => ToText(lead.BirthDate), (lead, text) => lead.BirthDate = ToDate(text)),
        [LeadField.BudgetFrom] = new(lead => ToText(lead.BudgetFrom), (lead, text) => lead.BudgetFrom = ToAmount(text)),
        [LeadField.BudgetTo] = new(lead => ToText(lead.BudgetTo), (lead, text) => lead.BudgetTo = ToAmount(text)),
        [LeadField.Currency] = new(lead => lead.Currency, (lead, text) => lead.Currency = text ?? "USD"),
        [LeadField.Country] = new(lead => lead.Country, (lead, text) => lead.Country = text),
        [LeadField.PurchaseGoal] = new(lead => lead.PurchaseGoal, (lead, text) => lead.PurchaseGoal = text),
        [LeadField.PropertyType] = new(lead => lead.PropertyType, (lead, text) => lead.PropertyType = text),
        [LeadField.ObjectType] = new(lead => lead.ObjectType, (lead, text) => lead.ObjectType = text),
        [LeadField.Language] = new(lead => lead.Language, (lead, text) => lead.Language = text),
        [LeadField.Source] = new(lead => lead.Source, (lead, text) => lead.Source = text),
        [LeadField.RefusalReason] = new(lead => lead.RefusalReason, (lead, text) => lead.RefusalReason = text),
        [LeadField.Notes] = new(lead => lead.Notes, (lead, text) => lead.Notes = text),
    };

    /// <summary>The fields a person types in a form; stage and agent have commands of their own.</summary>
    public static IReadOnlyList<LeadField> Typed { get; } = [.. Accessors.Keys];

    /// <summary>The typed fields that say who the client is, or that people fill with words about the client: an erasure
    /// takes their values.</summary>
    public static IReadOnlyList<LeadField> Personal { get; } =
    [
        LeadField.ClientName,
        LeadField.Phone,
        LeadField.SecondPhone,
        LeadField.Email,
        LeadField.Company,
        LeadField.Telegram,
        LeadField.Messenger,
        LeadField.BirthDate,
        LeadField.Notes,
    ];

    /// <summary>The value of a typed field as invariant text, null when empty.</summary>
    /// <exception cref="KeyNotFoundException">The field is the stage or the agent.</exception>
    public static string? Read(ILeadValues values, LeadField field) =>
        Accessors[field].Read(values) is { Length: > 0 } text ? text : null;

    /// <summary>The value of any field, stage and agent as ids.</summary>
    public static string? Read(Lead lead, LeadField field) =>
        field switch
        {
            LeadField.Stage => lead.StageId.ToString(),
            LeadField.Agent => lead.AgentId?.ToString(),
            _ => Read((ILeadValues)lead, field),
        };

    /// <summary>Sets a typed field from invariant text.</summary>
    /// <exception cref="KeyNotFoundException">The field is the stage or the agent.</exception>
    /// <exception cref="FormatException">The text is no date or amount.</exception>
    public static void Write(ILeadValues values, LeadField field, string? text) =>
        Accessors[field].Write(values, string.IsNullOrEmpty(text) ? null : text);

    /// <summary>The value as it is stored: see <see cref="LeadInput.Normalised"/>.</summary>
    public static string? Normalise(LeadField field, string? text)
    {
        // Notes keep their lines; every other field is one line of text.
        text = field is LeadField.Notes ? text?.Trim() : text?.ReplaceLineEndings(" ").Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return field switch
        {
            LeadField.Phone or LeadField.SecondPhone => PhoneNumber.TryNormalise(text, out var e164) ? e164 : text,
            LeadField.Email => text.ToLowerInvariant(),
            LeadField.Telegram => text.TrimStart('@') is { Length: > 0 } name ? name : null,
            LeadField.Currency => text.ToUpperInvariant(),
            _ => text,
        };
    }

    private static string? ToText(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? ToText(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    private static DateOnly? ToDate(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal? ToAmount(string? text) =>
        text is null ? null : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private sealed record Accessor(Func<ILeadValues, string?> Read, Action<ILeadValues, string?> Write);
}
