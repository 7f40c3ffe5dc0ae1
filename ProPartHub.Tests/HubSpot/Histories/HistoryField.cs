using System.Globalization;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>A field that people on both sides type in, and how to make the n-th value, which no other edit makes.</summary>
internal sealed record HistoryField(
    string Name,
    ObjectType Type,
    string Property,
    Func<int, string> Make,
    Action<LeadInput, string> Set,
    Func<Lead, string?> Ours,
    Func<string?, string?>? Read = null
)
{
    public static IReadOnlyList<HistoryField> All { get; } =
    [
        new(
            nameof(LeadField.ClientName),
            ObjectType.Deals,
            "dealname",
            number => $"Клієнт {number}",
            (input, value) => input.ClientName = value,
            lead => lead.ClientName
        ),
        new(
            nameof(LeadField.Company),
            ObjectType.Contacts,
            "company",
            number => $"Фірма <{number}> & Ко",
            (input, value) => input.Company = value,
            lead => lead.Company
        ),
        new(
            nameof(LeadField.Telegram),
            ObjectType.Deals,
            "telegram",
            number => $"client_{number}",
            (input, value) => input.Telegram = value,
            lead => lead.Telegram
        ),
        new(
            nameof(LeadField.SecondPhone),
            ObjectType.Contacts,
            "phone_number_1",
            number => $"+38067{1000000 + number}",
            (input, value) => input.SecondPhone = value,
            lead => lead.SecondPhone
        ),
        new(
            nameof(LeadField.Email),
            ObjectType.Contacts,
            "email",
            number => $"mail{number}@example.com",
            (input, value) => input.Email = value,
            lead => lead.Email
        ),
        new(
            BudgetField.FieldName,
            ObjectType.Deals,
            "amount",
            number => (1_000_000 + number).ToString(CultureInfo.InvariantCulture),
            (input, value) => input.BudgetFrom = input.BudgetTo = decimal.Parse(value, CultureInfo.InvariantCulture),
            lead => Exact(lead.BudgetFrom, lead.BudgetTo),
            value => decimal.TryParse(value, CultureInfo.InvariantCulture, out var amount) ? $"{amount:0.##}" : value
        ),
    ];

    /// <summary>HubSpot's value in the form of the portal's.</summary>
    public string? Theirs(string? value) => Read is null ? value : Read(value);

    // The range a lead begins with is no value of a history.
    private static string? Exact(decimal? from, decimal? to) =>
        from == to && from is { } exact ? $"{exact:0.##}" : null;
}
