namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>One record in the body of a create, update or upsert, alone or in a batch.</summary>
internal sealed record WriteInput
{
    public string? Id { get; init; }

    public string? IdProperty { get; init; }

    public Dictionary<string, string?>? Properties { get; init; }

    public IReadOnlyList<AssociationInput>? Associations { get; init; }

    /// <summary>The caller's own mark for this input: with one on each, a batch may succeed in part.</summary>
    public string? ObjectWriteTraceId { get; init; }
}

internal sealed record AssociationInput(IdInput? To, IReadOnlyList<AssociationTypeInput>? Types);

internal sealed record AssociationTypeInput(string? AssociationCategory, int AssociationTypeId);

internal sealed record IdInput(string? Id);

internal sealed record BatchInput<T>(IReadOnlyList<T>? Inputs);
