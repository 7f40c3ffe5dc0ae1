namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A record as it is sent: to create, to update, alone or as one of a batch.</summary>
internal sealed record ObjectBody(IReadOnlyDictionary<string, string> Properties)
{
    public string? Id { get; init; }

    public IReadOnlyList<AssociationBody>? Associations { get; init; }

    public string? ObjectWriteTraceId { get; init; }

    /// <summary>HubSpot clears a value by empty text; null would be an error in some versions.</summary>
    public static ObjectBody Of(IReadOnlyDictionary<string, string?> properties) =>
        new(properties.ToDictionary(property => property.Key, property => property.Value ?? ""));
}

internal sealed record AssociationBody(IdBody To, IReadOnlyList<AssociationTypeBody> Types)
{
    public static IReadOnlyList<AssociationBody>? Of(IReadOnlyList<HubSpotAssociationTarget>? targets) =>
        targets is null or []
            ? null
            :
            [
                .. targets.Select(target => new AssociationBody(
                    new(target.ToId),
                    [new("HUBSPOT_DEFINED", target.TypeId)]
                )),
            ];
}

internal sealed record AssociationTypeBody(string AssociationCategory, int AssociationTypeId);

internal sealed record IdBody(string Id);

internal sealed record BatchBody<T>(IReadOnlyList<T> Inputs);

internal sealed record BatchReadBody(
    IReadOnlyList<IdBody> Inputs,
    IReadOnlyList<string> Properties,
    IReadOnlyList<string> PropertiesWithHistory,
    string? IdProperty
);

/// <summary>200, 201 and 207 look alike: what went well, and (207, or any status since 2026-09) what did not.</summary>
internal sealed record BatchAnswer<T>
{
    public IReadOnlyList<T> Results
    {
        get;
        init => field = value ?? [];
    } = [];

    public IReadOnlyList<HubSpotErrorBody> Errors
    {
        get;
        init => field = value ?? [];
    } = [];
}
