namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A record associated with the one asked about.</summary>
/// <param name="ToId">Its id.</param>
/// <param name="Types">Every way in which the two are tied.</param>
public sealed record HubSpotAssociation(string ToId, IReadOnlyList<HubSpotAssociationLabel> Types);

/// <summary>A way in which two records are tied.</summary>
/// <param name="Category"><c>HUBSPOT_DEFINED</c> or <c>USER_DEFINED</c>.</param>
/// <param name="TypeId">Its number.</param>
/// <param name="Label">Its name, or null for the plain association.</param>
public sealed record HubSpotAssociationLabel(string? Category, int TypeId, string? Label);

/// <summary>Two records to associate.</summary>
/// <param name="FromId">Id of the one of the first type.</param>
/// <param name="ToId">Id of the one of the second type.</param>
public sealed record HubSpotAssociationPair(string FromId, string ToId);

/// <summary>What became of pairs to associate.</summary>
/// <param name="Refused">HubSpot's reasons, one for each error it lists; empty if all are tied.</param>
public sealed record HubSpotAssociateResult(IReadOnlyList<HubSpotException> Refused);

internal sealed record AssociationsOfBody(string Id, string? After);

internal sealed record AssociationPairBody(IdBody From, IdBody To);

/// <summary>The pairs that were tied are of no further use; only the errors beside them are read.</summary>
internal sealed record AssociationPairAnswer;

internal sealed record AssociationsAnswer(IdBody? From, IReadOnlyList<AssociatedAnswer>? To, HubSpotPaging? Paging);

internal sealed record AssociatedAnswer(string ToObjectId, IReadOnlyList<HubSpotAssociationLabel>? AssociationTypes);
