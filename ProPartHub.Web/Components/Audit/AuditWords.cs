using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Audit;

/// <summary>Says events of the audit in the reader's language: the same words on the page and in the file.</summary>
internal sealed class AuditWords(
    IStringLocalizer<AuditTexts> texts,
    IStringLocalizer<LeadsTexts> leads,
    IStringLocalizer<SharedTexts> shared,
    LeadOptionBook book,
    AgencyTime time
)
{
    /// <summary>What happened.</summary>
    public string What(AuditRow row) =>
        row.Lead is { } kind ? leads[$"Event_{kind}"] : Known($"Kind_{row.Security}", row.Security.ToString()!);

    /// <summary>Who did it.</summary>
    public string Who(AuditRow row) =>
        row.ActorName is { Length: > 0 } name ? name
        : row.ErasedAt is not null ? texts["Erased_Who"]
        : texts["Nobody"];

    /// <summary>What a fact is called.</summary>
    public string Name(AuditRow row, AuditFact fact) =>
        row.Lead is not null ? leads.Field(fact.Name) : Known($"Fact_{fact.Name.Replace(' ', '_')}", fact.Name);

    /// <summary>A fact's value.</summary>
    public string Value(AuditStretch page, AuditRow row, AuditFact fact, string? value)
    {
        if (row.Lead is not null)
        {
            return leads.Change(
                book,
                time,
                fact.Name,
                value,
                id => page.Stages.GetValueOrDefault(id) ?? page.People.GetValueOrDefault(id)
            );
        }

        return value is null ? "—"
            : row.Security is SecurityEventKind.AvailabilityChanged ? Availability(value)
            : fact.Name == "role" && Enum.TryParse<Role>(value, out var role) ? shared[$"User_Role_{role}"]
            : fact.Name is "by" or "scope" or "look" or "decision" or "outcome" or "reason" or "act"
                ? Known($"Value_{value.Replace(' ', '_')}", value)
            : Option(fact.Name, value);
    }

    // "away 2026-12-17..2026-12-26", "capacity 5" or "capacity any", as Availability records them.
    private string Availability(string value) =>
        value.Split([" ", ".."], StringSplitOptions.None) switch
        {
            ["away", var from, var to] when IsDay(from, out var first) && IsDay(to, out var last) => texts[
                "Value_away",
                WrittenDay.Of(first),
                WrittenDay.Of(last)
            ],
            ["capacity", "any"] => texts["Value_capacity_any"],
            ["capacity", var most] => texts["Value_capacity", most],
            _ => value,
        };

    private static bool IsDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    // What a property's field holds is an option of leads.
    private string Option(string name, string value) =>
        name switch
        {
            "country" => leads.Option(book, LeadField.Country, value),
            "kind" => leads.Option(book, LeadField.PropertyType, value),
            "goals" => string.Join(
                ", ",
                value.Split(", ").Select(goal => leads.Option(book, LeadField.PurchaseGoal, goal))
            ),
            _ => value,
        };

    // A detail or kind that nobody has translated yet is still told.
    private string Known(string key, string otherwise) =>
        texts[key] is { ResourceNotFound: false } text ? text : otherwise;
}
