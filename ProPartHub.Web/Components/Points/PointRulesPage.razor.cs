using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Points;

/// <summary>What points are given for, and what levels bring; admins change it, and turn the whole of it off.</summary>
public sealed partial class PointRulesPage
{
    private IReadOnlyList<FieldError> _faults = [];
    private PointRulesInput? _opened;
    private Form? _form;
    private string? _said;
    private bool _isFault;
    private bool _isOutdated;
    private bool _isSaving;
    private bool _hasFailed;

    [Inject]
    private PointSettings Settings { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? ReadAsync() : Task.CompletedTask;

    private async Task ReadAsync()
    {
        try
        {
            _opened = await Settings.ReadAsync(await Actor.GetAsync(), CancellationToken.None);
            _form = new Form(_opened);
            (_hasFailed, _said, _isOutdated, _faults) = (false, null, false, []);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private async Task SaveAsync()
    {
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _faults, _said, _isFault, _isOutdated) = (true, [], null, false, false);
        try
        {
            var typed = _form!.ToInput();
            if (await Settings.SaveAsync(await Actor.GetAsync(), _opened!, typed, CancellationToken.None))
            {
                (_opened, _said) = (typed, T["Rules_Saved"]);
            }
            else
            {
                (_isFault, _isOutdated, _said) = (true, true, T["Rules_Outdated"]);
            }
        }
        catch (InvalidInputException refused)
        {
            (_isFault, _faults, _said) = (true, refused.Errors, T["Rules_Refused"]);
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            (_isFault, _said) = (true, T[key]);
        }
        finally
        {
            _isSaving = false;
        }
    }

    private string? FaultOf(string field) =>
        _faults.Any(fault => fault.Field == field)
            ? T[
                field.EndsWith(".Percent", StringComparison.Ordinal) ? "Fault_Percent"
                : field.EndsWith(".From", StringComparison.Ordinal) ? "Fault_From"
                : "Fault_Number",
                PointSettings.Most.ToString("N0", CultureInfo.CurrentCulture)
            ].Value
            : null;

    private sealed class Form(PointRulesInput rules)
    {
        public bool IsOn { get; set; } = rules.IsOn;

        public string? LeadCreated { get; set; } = Text(rules.LeadCreated);

        public string? DealWon { get; set; } = Text(rules.DealWon);

        public string? Goal { get; set; } = Text(rules.Goal);

        public IReadOnlyList<LevelForm> Levels { get; } = [.. rules.Levels.Select(level => new LevelForm(level))];

        public PointRulesInput ToInput() =>
            new(
                IsOn,
                Number(LeadCreated),
                Number(DealWon),
                Number(Goal),
                [.. Levels.Select(level => new LevelRule(level.Level, Number(level.From), Share(level.Percent)))]
            );
    }

    private sealed class LevelForm(LevelRule rule)
    {
        public Level Level { get; } = rule.Level;

        public string? From { get; set; } = Text(rule.From);

        public string? Percent { get; set; } = rule.Percent.ToString("0.##", CultureInfo.CurrentCulture);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // What is no number is -1, which the service refuses at its field.
    private static int Number(string? text) =>
        int.TryParse(
            text?.Replace(" ", "", StringComparison.Ordinal),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : -1;

    private static decimal Share(string? text) =>
        decimal.TryParse(
            text?.Trim().Replace(',', '.'),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var share
        )
            ? share
            : -1;
}
