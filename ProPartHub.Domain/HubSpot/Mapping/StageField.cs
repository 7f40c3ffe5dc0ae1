using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>The stage: pipeline and stage ids in HubSpot, one id here. A stage nobody knows keeps the lead where it is.</summary>
internal sealed class StageField(StageIndex stages)
    : FieldMap(nameof(LeadField.Stage), [Stage, PropertyRef.Deal("pipeline")])
{
    public static readonly PropertyRef Stage = PropertyRef.Deal("dealstage");

    public override string? Ours(Lead lead) => lead.StageId.ToString();

    public override string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours) =>
        stages.Find(theirs[Properties[1]], theirs[Properties[0]])?.Id.ToString() ?? ours;

    public override IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    ) =>
        Guid.TryParse(value, out var id) && stages.ForHubSpot(id) is { } stage
            ? [new(Properties[0], stage.HubSpotId), new(Properties[1], stage.Pipeline.HubSpotId)]
            : [];

    public override IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value) => [];

    /// <summary>True when HubSpot names a stage that is not here.</summary>
    public bool IsUnknown(RecordPair theirs) =>
        theirs[Properties[0]] is { } stage && stages.Find(theirs[Properties[1]], stage) is null;
}
