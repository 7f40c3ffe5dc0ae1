using Microsoft.AspNetCore.Components;
using Polly.CircuitBreaker;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The exchange with HubSpot at a glance.</summary>
public sealed partial class SyncOverview
{
    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public SyncStatus Status { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AgencyTime Clock { get; set; } = null!;

    // A pause is stored for all servers; the rest each knows of itself, and only one of them talks.
    private string Headline =>
        Status switch
        {
            { PausedAt: not null, State: not SyncState.Off } => nameof(SyncState.Paused),
            { State: SyncState.Waiting, Holder: not null } => "Elsewhere",
            _ => Status.State.ToString(),
        };

    private bool IsPartlyOff => Status is { PortalId: not null, SwitchedOff: not SyncPart.None };

    private string Hint =>
        Headline is nameof(SyncState.Refused) or nameof(SyncState.Failing) && Status.Fault is not SyncFault.None
            ? $"Fault_{Status.Fault}"
            : $"Hint_{Headline}";

    private string Tone =>
        Headline switch
        {
            nameof(SyncState.Running) or "Elsewhere" => "good",
            nameof(SyncState.Refused) or nameof(SyncState.Failing) => "bad",
            _ => "quiet",
        };

    private DateTimeOffset? Since =>
        Headline is nameof(SyncState.Paused) ? Status.PausedAt
        : Status.State is SyncState.Off or SyncState.Waiting ? null
        : Status.Since;

    // What another server knows is not the same as what nobody knows.
    private string Unknown => Status.Holder is null ? "Fact_DayUnknown" : "Fact_Unknown";

    private string Answers(HubSpotHealth health) =>
        health switch
        {
            { Circuit: CircuitState.Open or CircuitState.Isolated, FailingSince: { } since } => T[
                "Fact_Open",
                Clock.Moment(since)
            ],
            { Circuit: CircuitState.HalfOpen } => T["Fact_Probing"],
            { FailingSince: { } since } => T["Fact_FailingSince", Clock.Moment(since)],
            { LastAnswerAt: null } => T["Fact_Never"],
            _ => T["Fact_Answering"],
        };
}
