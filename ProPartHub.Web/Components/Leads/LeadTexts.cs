using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Names of fields, labels of options and words for faults, in the reader's language.</summary>
internal static class LeadTexts
{
    /// <summary>The field's name.</summary>
    public static string Field(this IStringLocalizer<LeadsTexts> texts, LeadField field) => texts[$"Field_{field}"];

    /// <summary>The label of a stored option; a value that HubSpot got later is shown as it is.</summary>
    public static string Option(this IStringLocalizer<LeadsTexts> texts, LeadField field, string value)
    {
        var place = LeadOptions.For(field) is { } options ? options.ToList().IndexOf(value) : -1;
        return place < 0 || field is LeadField.Currency ? value : texts[$"Option_{field}_{place}"];
    }

    /// <summary>What is wrong, for showing at the field.</summary>
    public static string Fault(this IStringLocalizer<LeadsTexts> texts, FieldError error) =>
        error.Limit is null ? texts[$"Fault_{error.Code}"] : texts[$"Fault_{error.Code}", error.Limit];
}
