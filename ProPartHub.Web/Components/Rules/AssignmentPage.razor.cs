using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Rules;

/// <summary>The rules by which new leads come to agents, in their order, and what they would do with the pool.</summary>
public sealed partial class AssignmentPage : ActingComponent
{
    private IReadOnlyList<AssignmentRuleItem>? _rules;
    private IReadOnlyList<PersonItem> _people = [];
    private IReadOnlyList<AssignmentForecast>? _forecast;
    private Edited? _editing;
    private int _total;

    [Inject]
    private AssignmentRules Rules { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private LeadOptionBook Book { get; set; } = null!;

    [Inject]
    private IStringLocalizer<LeadsTexts> LeadWords { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Assignment];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _rules = (await Rules.ListAsync(Who!, Life)).KeepEdited(_rules, rule => rule.Id == _editing?.Id);
        if (_people.Count == 0)
        {
            _people = await People.AssignableAsync(Who!, Life);
        }
    }

    private void New()
    {
        Hush();
        _editing = new Edited(
            Guid.CreateVersion7(),
            new AssignmentRuleInput { Target = AssignmentTarget.RoundRobin },
            IsNew: true
        );
    }

    private void Edit(AssignmentRuleItem rule)
    {
        Hush();
        _editing = new Edited(rule.Id, rule.Values, IsNew: false);
    }

    private Task SavedAsync(bool isStored) =>
        AnsweredAsync(isStored, T["Assignment_Saved"], close: () => (_editing, _forecast) = (null, null), OpenOver);

    private void OpenOver()
    {
        if (_editing is { } edited && _rules!.FirstOrDefault(rule => rule.Id == edited.Id) is { } present)
        {
            _editing = edited with { Values = present.Values };
        }
    }

    private async Task MoveAsync(AssignmentRuleItem rule, int by)
    {
        await ActAsync(async () =>
        {
            await Rules.MoveAsync(Who!, rule.Id, by, CancellationToken.None);
            return null;
        });
        _forecast = null;
        await RefreshAsync();
    }

    private async Task DeleteAsync(AssignmentRuleItem rule)
    {
        var isDone = await ActAsync(async () =>
        {
            await Rules.DeleteAsync(Who!, rule.Id, CancellationToken.None);
            return null;
        });
        _forecast = null;
        await RefreshAsync();
        if (isDone)
        {
            Snackbar.OfferUndo(
                LeadWords,
                T["Rules_Deleted", NameOf(rule)],
                () => InvokeAsync(() => RestoreAsync(rule))
            );
        }
    }

    private async Task RestoreAsync(AssignmentRuleItem rule)
    {
        await ActAsync(async () =>
        {
            await Rules.RestoreAsync(Who!, rule.Id, CancellationToken.None);
            return T["Rules_Restored", NameOf(rule)];
        });
        await RefreshAsync();
        StateHasChanged();
    }

    private Task<bool> PreviewAsync() =>
        ActAsync(async () =>
        {
            (_forecast, _total) = await Rules.PreviewAsync(Who!, Life);
            return null;
        });

    private async Task ApplyAsync()
    {
        if (
            await PreviewAsync()
            && await ConfirmDialog.AskAsync(
                Dialogs,
                T["Pool_Apply_Title"],
                T.Plural("Pool_Apply_Text", _total),
                T["Pool_Apply"]
            )
        )
        {
            await ActAsync(async () =>
                T.Plural("Pool_Applied", await Rules.ApplyToPoolAsync(Who!, CancellationToken.None))
            );
            _forecast = null;
        }
    }

    private string NameOf(AssignmentRuleItem rule) => rule.IsDefault ? T["Assignment_Default"] : rule.Values.Name!;

    private string ConditionsOf(AssignmentRuleItem rule)
    {
        if (rule.IsDefault)
        {
            return T["Assignment_Default_Text"];
        }

        var values = rule.Values;
        List<string> conditions =
        [
            .. Named(LeadField.Country, values.Countries),
            .. Named(LeadField.Source, values.Sources),
            .. Named(LeadField.Language, values.Languages),
        ];
        if (BudgetOf(values) is { } budget)
        {
            conditions.Add(budget.Value);
        }

        return conditions.Count == 0 ? T["Condition_Any"] : string.Join(" · ", conditions);
    }

    private LocalizedString? BudgetOf(AssignmentRuleInput values) =>
        (Amount(values.BudgetFrom), Amount(values.BudgetTo)) switch
        {
            ({ } from, { } to) => T["Condition_Budget", from, to],
            ({ } from, null) => T["Condition_Budget_From", from],
            (null, { } to) => T["Condition_Budget_UpTo", to],
            _ => null,
        };

    private IEnumerable<string> Named(LeadField field, IReadOnlyList<string> values) =>
        values.Count == 0
            ? []
            :
            [
                $"{LeadWords.Field(field)}: {string.Join(", ", values.Select(value => LeadWords.Option(Book, field, value)))}",
            ];

    private static string? Amount(decimal? amount) => amount?.ToString("N0", CultureInfo.CurrentCulture);

    private string TargetOf(AssignmentRuleItem rule) =>
        T[$"Target_{rule.Values.Target}_To", rule.PersonName ?? rule.TeamName ?? "—"];

    private sealed record Edited(Guid Id, AssignmentRuleInput Values, bool IsNew);
}
