using System.Globalization;
using System.Text.RegularExpressions;
using ProPartHub.HubSpotSandbox.Account;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Values HubSpot works out from others and nobody can set.</summary>
internal static partial class WorkedProperties
{
    public static IEnumerable<(string Name, string Value)> Of(CrmRecord record, HubSpotAccount account) =>
        record.Type == ObjectType.Contacts ? OfContact(record)
        : record.Type == ObjectType.Deals ? OfDeal(record, account)
        : record.Type == ObjectType.Notes
            ? [("hs_body_preview", TagPattern().Replace(record["hs_note_body"] ?? "", ""))]
        : [];

    private static IEnumerable<(string, string)> OfContact(CrmRecord contact) =>
        [
            ("hs_all_contact_vids", contact["hs_all_contact_vids"] ?? contact.IdText),
            ("hs_email_domain", contact["email"]?.Split('@')[^1] ?? ""),
            ("hs_is_contact", "true"),
            ("hs_is_unworked", "true"),
            ("hs_pipeline", "contacts-lifecycle-pipeline"),
            ("hs_searchable_calculated_phone_number", NationalNumber(contact["phone"])),
            ("hs_searchable_calculated_mobile_number", NationalNumber(contact["mobilephone"])),
        ];

    private static IEnumerable<(string, string)> OfDeal(CrmRecord deal, HubSpotAccount account)
    {
        if (account.Pipelines.FindStage(deal["dealstage"] ?? "")?.Metadata is not { } stage)
            return [];

        return
        [
            ("hs_is_closed", stage.IsClosed),
            ("hs_is_closed_won", stage.Won ? "true" : "false"),
            (
                "hs_deal_stage_probability",
                double.Parse(stage.Probability, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            ),
        ];
    }

    // Area code and number without the country code. The country code's length is guessed from the number's own: the
    // last ten digits, or nine where a country writes twelve in all (Ukraine, the Emirates).
    private static string NationalNumber(string? phone)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        return digits.StartsWith("380", StringComparison.Ordinal) || digits.StartsWith("971", StringComparison.Ordinal)
                ? digits[3..]
            : digits.Length > 10 ? digits[^10..]
            : digits.TrimStart('0');
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex TagPattern();
}
