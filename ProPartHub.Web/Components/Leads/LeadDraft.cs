using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>A lead's form as a draft knows it: values by the inputs' names, which are the fields' names.</summary>
internal static class LeadDraft
{
    /// <summary>Every typed field by name.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(LeadInput input) =>
        LeadFields.Typed.Select(field => KeyValuePair.Create(field.ToString(), LeadFields.Read(input, field)));

    /// <summary>Sets the fields that the draft names. What cannot be read as a date or an amount is left out, as
    /// the browser's own input would leave it out.</summary>
    public static void Write(LeadInput input, IReadOnlyDictionary<string, string?> values)
    {
        foreach (var field in LeadFields.Typed)
        {
            if (!values.TryGetValue(field.ToString(), out var value))
            {
                continue;
            }

            try
            {
                LeadFields.Write(input, field, value);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                // A half-typed date is no loss.
            }
        }
    }
}
