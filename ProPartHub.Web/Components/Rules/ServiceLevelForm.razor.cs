using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Rules;

/// <summary>Writes a service level; says before saving whom it would meet.</summary>
public sealed partial class ServiceLevelForm : ActingComponent
{
    private readonly HashSet<Guid> _stageIds = [];
    private List<StepForm> _steps = [];
    private IReadOnlyList<LateLead>? _late;
    private int _lateTotal;
    private string? _name;
    private string? _title;
    private string? _limit;
    private Guid? _teamId;
    private ServiceDuty _duty;

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Its key.</summary>
    [Parameter, EditorRequired]
    public Guid LevelId { get; set; }

    /// <summary>What is stored; null for a new one.</summary>
    [Parameter]
    public ServiceLevelInput? Opened { get; set; }

    /// <summary>What the form begins with.</summary>
    [Parameter, EditorRequired]
    public ServiceLevelInput Start { get; set; } = null!;

    /// <summary>Open stages.</summary>
    [Parameter]
    public IReadOnlyList<StageItem> Stages { get; set; } = [];

    /// <summary>Teams to choose from.</summary>
    [Parameter]
    public IReadOnlyList<TeamItem> Teams { get; set; } = [];

    /// <summary>Called when it was stored, or false when somebody else was faster.</summary>
    [Parameter]
    public EventCallback<bool> OnSaved { get; set; }

    /// <summary>Called when nothing is to be stored.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    private ServiceLevelAdmin Admin { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (_name, _title, _teamId, _duty) = (Start.Name, Start.FollowUpTitle, Start.TeamId, Start.Duty);
        _limit = Start.Limit.ToString(CultureInfo.InvariantCulture);
        _stageIds.UnionWith(Start.StageIds);
        _steps = [.. Start.Steps.Select(step => new StepForm(step))];
    }

    private Task SaveAsync() =>
        StoreAsync(() => Admin.SaveAsync(Actor, LevelId, Opened, Input, CancellationToken.None), OnSaved);

    private Task<bool> PreviewAsync() =>
        ActAsync(async () =>
        {
            (_late, _lateTotal) = await Admin.PreviewAsync(
                Actor,
                Input with
                {
                    Name = string.IsNullOrWhiteSpace(_name) ? "—" : _name,
                },
                Life
            );
            return null;
        });

    private ServiceLevelInput Input =>
        new()
        {
            Name = _name,
            TeamId = _teamId,
            Duty = _duty,
            Limit = TypedNumber.Read(_limit),
            StageIds = [.. _stageIds],
            Steps = [.. _steps.Select(step => new ServiceStep(step.Act, TypedNumber.Read(step.After)))],
            FollowUpTitle = _title,
        };

    private void Toggle(Guid stage)
    {
        if (!_stageIds.Remove(stage))
        {
            _stageIds.Add(stage);
        }
    }

    private void AddStep() =>
        _steps.Add(new StepForm(new(ServiceAct.Escalate, Math.Max(0, TypedNumber.Read(_steps[^1].After)))));

    private string Id(string part) => $"{part}-{LevelId:N}";

    private string? Invalid(string field) => FaultOf(field) is null ? null : "true";

    private sealed class StepForm(ServiceStep step)
    {
        public ServiceAct Act { get; set; } = step.Act;

        public string? After { get; set; } = step.After.ToString(CultureInfo.InvariantCulture);
    }
}
