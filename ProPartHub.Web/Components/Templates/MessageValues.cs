using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Templates;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Templates;

/// <summary>A message as it would go to a client.</summary>
/// <param name="Subject">Subject of a mail.</param>
/// <param name="Text">The message.</param>
/// <param name="Missing">Fields for which the lead has no value.</param>
/// <param name="Link">Opens the program with it; null where the client has no address there.</param>
public sealed record PreparedMessage(string? Subject, string Text, IReadOnlyList<string> Missing, string? Link);

/// <summary>Fills templates with a lead's values, in the language of the message and not in that of who writes.</summary>
internal sealed class MessageValues(IStringLocalizer<LeadsTexts> texts, LeadOptionBook book)
{
    /// <summary>A template in one of its languages, filled.</summary>
    /// <param name="template">The template.</param>
    /// <param name="language"><c>uk</c> or <c>en</c>; the other where the template has only that.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="writer">Name of who writes.</param>
    public PreparedMessage Prepare(TemplateInput template, string language, LeadDetails lead, string writer)
    {
        var isUkrainian = template.BodyEn is null || (language == "uk" && template.BodyUk is not null);
        var (subject, body) = isUkrainian
            ? (template.SubjectUk, template.BodyUk)
            : (template.SubjectEn, template.BodyEn);
        var values = In(isUkrainian ? "uk" : "en", () => Of(lead, writer));
        var text = MergeFields.Fill(body ?? "", values);
        var head = subject is null ? null : MergeFields.Fill(subject, values);
        return new(
            head?.Text,
            text.Text,
            [.. text.Missing.Union(head?.Missing ?? [])],
            MessageLink.Of(template.Channel, lead.Values, head?.Text, text.Text)
        );
    }

    private Dictionary<string, string?> Of(LeadDetails lead, string writer)
    {
        var values = lead.Values;
        return new()
        {
            [MergeFields.Client] = values.ClientName,
            [MergeFields.FirstName] = values.ClientName.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
            [MergeFields.Agent] = writer,
            [MergeFields.Number] = string.Create(CultureInfo.InvariantCulture, $"L-{lead.Number}"),
            [MergeFields.Budget] = Budget(values),
            [MergeFields.Country] = Option(LeadField.Country, values.Country),
            [MergeFields.PropertyType] = Option(LeadField.PropertyType, values.PropertyType),
            [MergeFields.Company] = values.Company,
        };
    }

    private string? Option(LeadField field, string? value) => value is null ? null : texts.Option(book, field, value);

    private string? Budget(LeadInput values) =>
        (values.BudgetFrom, values.BudgetTo) switch
        {
            (null, null) => null,
            ({ } from, { } to) when from == to => $"{Amount(from)} {values.Currency}",
            ({ } from, { } to) => $"{Amount(from)}–{Amount(to)} {values.Currency}",
            ({ } from, null) => texts["Range_From", $"{Amount(from)} {values.Currency}"],
            (null, { } to) => texts["Range_UpTo", $"{Amount(to)} {values.Currency}"],
        };

    private static string Amount(decimal amount) => amount.ToString("N0", CultureInfo.CurrentCulture);

    private static T In<T>(string language, Func<T> read)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var other =
            language == words.TwoLetterISOLanguageName
                ? words
                : CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "uk-UA");
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (other, other);
            return read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }
}
