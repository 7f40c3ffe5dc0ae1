using System.Text.Json.Serialization;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>One link as a read shows it.</summary>
/// <param name="ToObjectId">A number on v4 paths, a text on dated ones.</param>
internal sealed record LinkView(object ToObjectId, IReadOnlyList<LinkTypeView> AssociationTypes)
{
    public static LinkView Of(Link link, ApiVersion version) =>
        new(
            version.NumericAssociationIds ? link.To.Id : link.To.IdText,
            [
                .. link
                    .Types.OrderBy(type => type.Label is not null)
                    .ThenBy(type => type.TypeId)
                    .Select(type => new LinkTypeView(type.Category, type.TypeId, type.Label)),
            ]
        );
}

/// <summary>The label is written even when there is none.</summary>
internal sealed record LinkTypeView(
    string Category,
    int TypeId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Label
);

internal sealed record IdView(string Id);

/// <summary>A link made without a label.</summary>
internal sealed record DefaultLinkView(IdView From, IdView To, LinkSpecView AssociationSpec)
{
    public static DefaultLinkView Of(CrmRecord from, CrmRecord to, AssociationType type) =>
        new(new(from.IdText), new(to.IdText), new(type.Category, type.TypeId));
}

internal sealed record LinkSpecView(string AssociationCategory, int AssociationTypeId);

/// <summary>A link made with labels.</summary>
internal sealed record LabelledLinkView(
    string FromObjectTypeId,
    string FromObjectId,
    string ToObjectTypeId,
    string ToObjectId,
    IReadOnlyList<string> Labels
)
{
    public static LabelledLinkView Of(CrmRecord from, CrmRecord to, IEnumerable<AssociationType> types) =>
        new(
            from.Type.TypeId,
            from.IdText,
            to.Type.TypeId,
            to.IdText,
            [.. types.Select(type => type.Label).OfType<string>()]
        );
}

/// <summary>All links of one record in a batch read.</summary>
internal sealed record LinksView(IdView From, IReadOnlyList<LinkView> To, Paging? Paging);
