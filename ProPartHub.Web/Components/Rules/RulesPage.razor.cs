using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Rules;

/// <summary>What agents owe their leads and what follows when they are late; for admins also when the agency works.</summary>
public sealed partial class RulesPage : ActingComponent
{
    private IReadOnlyList<ServiceLevelItem>? _levels;
    private IReadOnlyList<StageItem> _stages = [];
    private IReadOnlyList<TeamItem> _teams = [];
    private IReadOnlyList<LateLead>? _late;
    private Edited? _editing;
    private Guid _previewed;
    private int _lateTotal;

    [Inject]
    private ServiceLevelAdmin Admin { get; set; } = null!;

    [Inject]
    private StageDirectory Stages { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private Microsoft.Extensions.Localization.IStringLocalizer<LeadsTexts> LeadWords { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.ServiceLevels];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _levels = (await Admin.ListAsync(Who!, Life)).KeepEdited(_levels, level => level.Id == _editing?.Id);
        if (_stages.Count == 0)
        {
            _stages =
            [
                .. (await Stages.AllAsync(Life)).Where(stage =>
                    stage is { IsRemoved: false, Status: < LeadStatus.Won }
                ),
            ];
            _teams = TeamItem.Of(await People.AssignableAsync(Who!, Life));
        }
    }

    private void New()
    {
        Hush();
        _editing = new Edited(
            Guid.CreateVersion7(),
            new ServiceLevelInput { TeamId = Who!.Role is Role.Manager ? Who.TeamId : null },
            IsNew: true
        );
    }

    private void Edit(ServiceLevelItem level)
    {
        Hush();
        (_editing, _late) = (new Edited(level.Id, level.Values, IsNew: false), null);
    }

    private Task SavedAsync(bool isStored) =>
        AnsweredAsync(isStored, T["Rules_Saved"], close: () => (_editing, _late) = (null, null), OpenOver);

    private void OpenOver()
    {
        if (_editing is { } edited && _levels!.FirstOrDefault(level => level.Id == edited.Id) is { } present)
        {
            _editing = edited with { Values = present.Values };
        }
    }

    private async Task SwitchAsync(ServiceLevelItem level, bool isOn)
    {
        await ActAsync(async () =>
        {
            await Admin.SwitchAsync(Who!, level.Id, isOn, CancellationToken.None);
            return T[isOn ? "Rules_SwitchedOn" : "Rules_SwitchedOff", level.Values.Name!];
        });
        await RefreshAsync();
    }

    private Task<bool> PreviewAsync(ServiceLevelItem level) =>
        ActAsync(async () =>
        {
            (_late, _lateTotal) = await Admin.PreviewAsync(Who!, level.Values, Life);
            _previewed = level.Id;
            return null;
        });

    private async Task DeleteAsync(ServiceLevelItem level)
    {
        var isDone = await ActAsync(async () =>
        {
            await Admin.DeleteAsync(Who!, level.Id, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
        if (isDone)
        {
            Snackbar.OfferUndo(
                LeadWords,
                T["Rules_Deleted", level.Values.Name!],
                () => InvokeAsync(() => RestoreAsync(level))
            );
        }
    }

    private async Task RestoreAsync(ServiceLevelItem level)
    {
        await ActAsync(async () =>
        {
            await Admin.RestoreAsync(Who!, level.Id, CancellationToken.None);
            return T["Rules_Restored", level.Values.Name!];
        });
        await RefreshAsync();
        StateHasChanged();
    }

    private string DutyOf(ServiceLevelInput values)
    {
        var duty = T.Plural($"Duty_{values.Duty}_Within", values.Limit);
        var stages = _stages.Where(stage => values.StageIds.Contains(stage.Id)).Select(stage => stage.Label).ToList();
        return stages.Count == 0 ? duty : $"{duty} · {string.Join(", ", stages)}";
    }

    private string StepOf(ServiceLevelInput values, ServiceStep step) =>
        step.After == 0
            ? T[$"Act_{step.Act}"]
            : $"{T[$"Act_{step.Act}"]} {T.Plural($"After_{values.Duty}", step.After)}";

    private sealed record Edited(Guid Id, ServiceLevelInput Values, bool IsNew);
}
