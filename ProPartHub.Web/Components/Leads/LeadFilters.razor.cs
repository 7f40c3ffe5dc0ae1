using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Search box and filters of the list and the board; it changes nothing itself but hands the new query up.</summary>
public sealed partial class LeadFilters
{
    private IReadOnlyList<PersonItem> _people = [];
    private IReadOnlyList<StageItem> _stages = [];
    private IReadOnlyList<TagItem> _tags = [];
    private bool _isOpen;

    /// <summary>What the list shows now.</summary>
    [Parameter, EditorRequired]
    public LeadListQuery Query { get; set; } = null!;

    /// <summary>Called with what the list shall show.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeadListQuery> OnChanged { get; set; }

    /// <summary>Who looks: only managers and admins have others' leads and the pool to filter by.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>True on the board, whose columns are stages and which shows no archive.</summary>
    [Parameter]
    public bool IsForBoard { get; set; }

    /// <summary>The page without filters.</summary>
    [Parameter]
    public string ClearAddress { get; set; } = LeadListAddress.Path;

    [Inject]
    private PeopleQueries PeopleQueries { get; set; } = null!;

    [Inject]
    private StageDirectory StageDirectory { get; set; } = null!;

    [Inject]
    private TagService TagService { get; set; } = null!;

    [Inject]
    private LeadCellWords Cells { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private bool IsForOthers => Actor.Role is not Role.Agent;

    private IReadOnlyList<FilterSelect.Choice> People =>
        [.. _people.Select(person => new FilterSelect.Choice(person.Id.ToString(), person.Name))];

    private IReadOnlyList<FilterSelect.Choice> Teams =>
        [
            .. _people
                .Where(person => person.TeamId is not null)
                .DistinctBy(person => person.TeamId)
                .OrderBy(person => person.TeamName, StringComparer.CurrentCulture)
                .Select(person => new FilterSelect.Choice(person.TeamId.ToString()!, person.TeamName!)),
        ];

    private IReadOnlyList<FilterSelect.Choice> SyncStates =>
        [
            .. Enum.GetValues<LeadSyncFilter>()
                .Select(state => new FilterSelect.Choice(state.ToString(), T[$"Filter_Sync_{state}"])),
        ];

    private IReadOnlyList<FilterSelect.Choice> Stages =>
        [.. _stages.Select(stage => new FilterSelect.Choice(stage.Id.ToString(), Name(stage)))];

    private IReadOnlyList<FilterSelect.Choice> Tags =>
        [.. _tags.Select(tag => new FilterSelect.Choice(tag.Id.ToString(), tag.Name))];

    private IReadOnlyList<FilterSelect.Choice> Bands =>
        [
            .. Enumerable
                .Range(0, LeadOptions.BudgetBands.Count)
                .Select(band => new FilterSelect.Choice(
                    band.ToString(CultureInfo.InvariantCulture),
                    T[$"Band_{band}"]
                )),
        ];

    private IReadOnlyList<Chip> Chips => [.. ActiveFilters(), .. FiltersOfLinks()];

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        try
        {
            _stages = IsForBoard && Query.Cell is null ? [] : await StageDirectory.AllAsync(CancellationToken.None);
            _people = IsForOthers ? await PeopleQueries.AssignableAsync(Actor, CancellationToken.None) : [];
            _tags = await TagService.AllAsync(CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The list itself says that the database is away; the other filters still work.
        }
    }

    private IEnumerable<Chip> ActiveFilters()
    {
        if (Query.Search is { } search)
        {
            yield return new($"«{search}»", Query with { Search = null });
        }

        foreach (var agent in Query.AgentIds)
        {
            var name = _people.FirstOrDefault(person => person.Id == agent)?.Name ?? "—";
            yield return new($"{T["Column_Agent"]}: {name}", Query with { AgentIds = Without(Query.AgentIds, agent) });
        }

        if (Query.TeamId is { } team)
        {
            var name = _people.FirstOrDefault(person => person.TeamId == team)?.TeamName ?? "—";
            yield return new($"{T["Filter_Team"]}: {name}", Query with { TeamId = null });
        }

        foreach (var id in Query.StageIds)
        {
            yield return new(
                $"{T["Column_Stage"]}: {StageName(id)}",
                Query with
                {
                    StageIds = Without(Query.StageIds, id),
                }
            );
        }

        foreach (var country in Query.Countries)
        {
            var without = Query with { Countries = Without(Query.Countries, country) };
            yield return new(T.Option(Book, LeadField.Country, country), without);
        }

        foreach (var source in Query.Sources)
        {
            var name = T.Option(Book, LeadField.Source, source);
            yield return new(
                $"{T.Field(LeadField.Source)}: {name}",
                Query with
                {
                    Sources = Without(Query.Sources, source),
                }
            );
        }

        foreach (var id in Query.TagIds)
        {
            var name = _tags.FirstOrDefault(tag => tag.Id == id)?.Name ?? "—";
            yield return new($"{T["Filter_Tag"]}: {name}", Query with { TagIds = Without(Query.TagIds, id) });
        }

        if (Query.BudgetBand is { } band)
        {
            yield return new($"{T["Column_Budget"]}: {T[$"Band_{band}"]}", Query with { BudgetBand = null });
        }

        if (Query.Sync is { } sync)
        {
            yield return new($"{T["Filter_Sync"]}: {T[$"Filter_Sync_{sync}"]}", Query with { Sync = null });
        }

        if (Time.FirstDay(Query.CreatedFrom) is { } from)
        {
            yield return new($"{T["Filter_From"]} {Written(from)}", Query with { CreatedFrom = null });
        }

        if (Time.LastDay(Query.CreatedBefore) is { } to)
        {
            yield return new($"{T["Filter_To"]} {Written(to)}", Query with { CreatedBefore = null });
        }
    }

    private IEnumerable<Chip> FiltersOfLinks()
    {
        if (Query.OnlyTransferred)
        {
            yield return new(T["Filter_Transferred"], Query with { OnlyTransferred = false });
        }

        if (Time.FirstDay(Query.QuietSince) is { } quiet)
        {
            yield return new(T["Filter_Quiet", Written(quiet)], Query with { QuietSince = null });
        }

        if (Query.Money is { } money)
        {
            yield return new(T[$"Filter_Money_{money}"], Query with { Money = null });
        }

        if (Query.Blank is { } blank)
        {
            yield return new(T[$"Filter_Without_{blank}"], Query with { Blank = null });
        }

        if (Query.Cell is { } cell)
        {
            yield return new(Cells.NameOf(cell, StageName(cell.AboutStageId)), Query with { Cell = null });
        }
    }

    private string StageName(Guid? id) =>
        _stages.FirstOrDefault(stage => stage.Id == id) is { } stage ? Name(stage) : "—";

    private Task ShowAsync(LeadListQuery query) => OnChanged.InvokeAsync(query);

    private Task SearchAsync(ChangeEventArgs change) =>
        ShowAsync(Query with { Search = change.Value is string { Length: > 0 } text ? text : null });

    private Task ToggleAsync(LeadStatus status) =>
        ShowAsync(
            Query with
            {
                Statuses = Query.Statuses.Contains(status)
                    ? [.. Query.Statuses.Where(other => other != status)]
                    : [.. Query.Statuses, status],
            }
        );

    // The pipeline is named only where there is more than one.
    private string Name(StageItem stage) =>
        _stages.All(other => other.PipelineId == stage.PipelineId)
            ? stage.Label
            : $"{stage.PipelineLabel} · {stage.Label}";

    private static string Written(DateOnly day) => WrittenDay.Of(day);

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<string> Texts(IReadOnlyList<Guid> ids) => [.. ids.Select(id => id.ToString())];

    private static IReadOnlyList<Guid> Ids(IReadOnlyList<string> texts) => [.. texts.Select(Id).OfType<Guid>()];

    private static IReadOnlyList<TValue> Without<TValue>(IReadOnlyList<TValue> values, TValue value) =>
        [.. values.Where(other => !Equals(other, value))];

    private static string Pressed(bool isOn) => isOn ? "true" : "false";

    private sealed record Chip(string Text, LeadListQuery Without);
}
