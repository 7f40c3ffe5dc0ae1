using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>One direction of a kind of link. Its id means nothing in the other direction: that has an id of its own.</summary>
public sealed record AssociationType(
    int TypeId,
    ObjectType From,
    ObjectType To,
    int InverseTypeId,
    string Category = AssociationType.HubSpotDefined,
    string? Label = null
)
{
    public const string HubSpotDefined = "HUBSPOT_DEFINED";
    public const string UserDefined = "USER_DEFINED";

    private const string PrimaryLabel = "Primary";

    public bool IsPrimary => Category == HubSpotDefined && Label == PrimaryLabel;

    public AssociationType Inverse =>
        Catalogue.Single(type => type.Category == Category && type.TypeId == InverseTypeId);

    private static IReadOnlyList<AssociationType> Catalogue { get; } =
    [
        .. Both(4, ObjectType.Contacts, ObjectType.Deals, 3),
        .. Both(279, ObjectType.Contacts, ObjectType.Companies, 280),
        .. Both(1, ObjectType.Contacts, ObjectType.Companies, 2, label: PrimaryLabel),
        .. Both(341, ObjectType.Deals, ObjectType.Companies, 342),
        .. Both(5, ObjectType.Deals, ObjectType.Companies, 6, label: PrimaryLabel),
        new(449, ObjectType.Contacts, ObjectType.Contacts, 449),
        new(451, ObjectType.Deals, ObjectType.Deals, 451),
        .. Both(193, ObjectType.Contacts, ObjectType.Calls, 194),
        .. Both(197, ObjectType.Contacts, ObjectType.Emails, 198),
        .. Both(199, ObjectType.Contacts, ObjectType.Meetings, 200),
        .. Both(201, ObjectType.Contacts, ObjectType.Notes, 202),
        .. Both(203, ObjectType.Contacts, ObjectType.Tasks, 204),
        .. Both(205, ObjectType.Deals, ObjectType.Calls, 206),
        .. Both(209, ObjectType.Deals, ObjectType.Emails, 210),
        .. Both(211, ObjectType.Deals, ObjectType.Meetings, 212),
        .. Both(213, ObjectType.Deals, ObjectType.Notes, 214),
        .. Both(215, ObjectType.Deals, ObjectType.Tasks, 216),
        .. Both(11, ObjectType.Contacts, ObjectType.Deals, 12, UserDefined, "Покупатель"),
        .. Both(13, ObjectType.Contacts, ObjectType.Deals, 14, UserDefined, "Представитель"),
    ];

    private static ILookup<(ObjectType, ObjectType), AssociationType> ByPair { get; } =
        Catalogue.ToLookup(type => (type.From, type.To));

    /// <summary>All kinds of link from one type to another, the unlabelled one first.</summary>
    public static IEnumerable<AssociationType> Between(ObjectType from, ObjectType to) => ByPair[(from, to)];

    internal static AssociationType Default(ObjectType from, ObjectType to) =>
        Between(from, to).FirstOrDefault(type => type.Label is null)
        ?? throw ApiError
            .Validation($"No association definition exists between {from.Plural} and {to.Plural}")
            .Exception();

    internal static AssociationType Get(ObjectType from, ObjectType to, AssociationTypeInput input) =>
        Between(from, to)
            .FirstOrDefault(type =>
                type.TypeId == input.AssociationTypeId && type.Category == (input.AssociationCategory ?? HubSpotDefined)
            )
        ?? throw ApiError
            .Validation(
                $"No {input.AssociationCategory} association type {input.AssociationTypeId} exists "
                    + $"from {from.Plural} to {to.Plural}"
            )
            .Exception();

    private static IEnumerable<AssociationType> Both(
        int typeId,
        ObjectType from,
        ObjectType to,
        int inverseTypeId,
        string category = HubSpotDefined,
        string? label = null
    ) => [new(typeId, from, to, inverseTypeId, category, label), new(inverseTypeId, to, from, typeId, category, label)];
}
