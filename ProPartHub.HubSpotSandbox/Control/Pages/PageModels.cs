using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.HubSpotSandbox.Control.Pages;

public sealed record OverviewModel(
    SandboxOptions Options,
    IReadOnlyList<(ObjectType Type, int Live, int Archived)> Counts,
    bool ScenarioRuns,
    WebhookSettings Webhooks,
    RateLimitOptions Limits,
    IReadOnlyDictionary<string, int> Counters,
    IReadOnlyList<WebhookDelivery> Deliveries
);

public sealed record RecordsModel(
    ObjectType Type,
    string Search,
    bool Archived,
    int Page,
    int Pages,
    int Total,
    IReadOnlyList<PropertyDefinition> Columns,
    IReadOnlyList<RecordRow> Rows
);

public sealed record RecordRow(string Id, IReadOnlyList<string> Cells, string Modified);

public sealed record RecordModel(
    ObjectType Type,
    string Id,
    bool Archived,
    string? Stage,
    IReadOnlyList<Choice> Stages,
    IReadOnlyList<RecordField> Fields,
    IReadOnlyList<(string Name, string Value)> ReadOnly,
    IReadOnlyList<RecordLink> Links
);

/// <summary>A property to edit; one without choices is a text.</summary>
public sealed record RecordField(string Name, string Label, string Value, IReadOnlyList<Choice> Choices);

public sealed record Choice(string Value, string Label);

public sealed record RecordLink(ObjectType Type, string Id, string Text);
