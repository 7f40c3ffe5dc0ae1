using ProPartHub.Domain.Leads;
using static ProPartHub.Domain.HubSpot.Mapping.PropertyRef;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Where the plain fields stand in the agency's HubSpot account, by the names its portals have always used. The agency's
/// own spellings ("__cloned_", the swapped property_type and property_status) are the account's, not ours.
/// </summary>
internal static class PropertyTable
{
    /// <summary>One field.</summary>
    /// <param name="Field">The lead's field.</param>
    /// <param name="Kind">How values compare where HubSpot's own type does not say.</param>
    /// <param name="Reads">Properties read, the most trusted first.</param>
    /// <param name="Writes">Properties written: of each group the first that the account has.</param>
    public sealed record Row(LeadField Field, PropertyKind Kind, PropertyRef[] Reads, PropertyRef[][] Writes);

    /// <summary>All plain fields.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(
            LeadField.Phone,
            PropertyKind.Phone,
            [
                Deal("phone_number"),
                Contact("phone_number"),
                Contact("mobilephone"),
                Contact("hs_phone_number"),
                Contact("phone"),
            ],
            [
                [Contact("phone")],
                [Deal("phone_number")],
            ]
        ),
        new(
            LeadField.SecondPhone,
            PropertyKind.Phone,
            [Contact("phone_number_1")],
            [
                [Contact("phone_number_1")],
            ]
        ),
        new(
            LeadField.Email,
            PropertyKind.Email,
            [Contact("email"), Deal("email")],
            [
                [Contact("email")],
                [Deal("email")],
            ]
        ),
        new(
            LeadField.Company,
            PropertyKind.Text,
            [Contact("company")],
            [
                [Contact("company")],
            ]
        ),
        OfBoth(LeadField.Telegram, PropertyKind.Text, "telegram"),
        OfBoth(LeadField.Messenger, PropertyKind.Text, "messenger"),
        OfBoth(LeadField.BirthDate, PropertyKind.Date, "birthdate"),
        OfDeal(LeadField.Currency, "deal_currency_code"),
        OfDeal(LeadField.Language, "language"),
        OfDeal(LeadField.Source, "source_channel"),
        OfDeal(LeadField.RefusalReason, "decline_reason"),
        OfDeal(LeadField.PurchaseGoal, "purchase_reason__cloned_", "purchase_reason"),
        OfDeal(LeadField.PropertyType, "property_type__cloned_", "property_type"),
        OfDeal(LeadField.ObjectType, "property_status__cloned_", "property_status"),
        OfDeal(LeadField.Country, "purchase_country"),
    ];

    private static Row OfDeal(LeadField field, params string[] names)
    {
        var properties = names.Select(Deal).ToArray();
        return new(field, PropertyKind.Text, properties, [properties]);
    }

    private static Row OfBoth(LeadField field, PropertyKind kind, string name) =>
        new(
            field,
            kind,
            [Deal(name), Contact(name), Contact($"{name}__cloned_")],
            [
                [Contact(name), Contact($"{name}__cloned_")],
                [Deal(name)],
            ]
        );
}
