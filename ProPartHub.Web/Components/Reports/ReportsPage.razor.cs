using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>
/// How the work goes, in numbers that lead to their leads: for managers the team's and the pool's, for admins all. What is
/// chosen stands in the address. Reports are read when asked for; they do not move while they are looked at.
/// </summary>
public sealed partial class ReportsPage : IDisposable
{
    private static readonly int[] Periods = [30, 90, 365, 0];

    private readonly PageLife _closed = new();
    private ReportChoice _choice = new(new(), ReportGrouping.Agent);
    private Actor? _actor;
    private DateTimeOffset? _readAt;
    private int _reading;
    private bool _isReading;
    private bool _hasFailed;

    private IReadOnlyList<FunnelLine>? _funnel;
    private IReadOnlyList<AnswerTimeLine>? _answers;
    private IReadOnlyList<StageTimeLine>? _stages;
    private IReadOnlyList<ForecastLine>? _forecast;
    private IReadOnlyList<CohortLine>? _cohorts;

    // Read from the address at each change of it; the router passes these, and so the page is asked to look again.
    [SupplyParameterFromQuery(Name = "by")]
    private string? Grouping { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Country { get; set; }

    [SupplyParameterFromQuery]
    private string? Source { get; set; }

    [Inject]
    private FunnelQueries Funnel { get; set; } = null!;

    [Inject]
    private AnswerTimeQueries Answers { get; set; } = null!;

    [Inject]
    private StageTimeQueries Stages { get; set; } = null!;

    [Inject]
    private ForecastQueries Forecast { get; set; } = null!;

    [Inject]
    private CohortQueries Cohorts { get; set; } = null!;

    [Inject]
    private LeadOptionBook Book { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private DateOnly Today => DateOnly.FromDateTime(Time.Now.DateTime);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // What stands there is of another choice: its lines would be named and linked wrongly.
        _choice = ReportAddress.Read(new Uri(Navigation.Uri), Time);
        (_funnel, _answers, _stages, _forecast, _cohorts) = (null, null, null, null, null);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _actor ??= await Actor.GetAsync();
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        // Another choice may be made while one is read; only the last may show what it brings.
        var reading = ++_reading;
        var (actor, choice, closed) = (_actor!, _choice, _closed.Token);
        (_isReading, _hasFailed) = (true, false);
        try
        {
            var funnel = await Funnel.ReadAsync(actor, choice.Leads, choice.Grouping, closed);
            Show(() => _funnel = funnel);
            var answers = await Answers.ReadAsync(actor, choice.Leads, choice.Grouping, closed);
            Show(() => _answers = answers);
            var stages = await Stages.ReadAsync(actor, choice.Leads, closed);
            Show(() => _stages = stages);
            var forecast = await Forecast.ReadAsync(actor, choice.Leads, closed);
            Show(() => _forecast = forecast);
            var cohorts = await Cohorts.ReadAsync(actor, choice.Leads, closed);
            Show(() => (_cohorts, _readAt) = (cohorts, Clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            Show(() => _hasFailed = true);
        }
        finally
        {
            // Another reading that has begun meanwhile still goes on.
            if (reading == _reading)
            {
                _isReading = false;
            }
        }

        void Show(Action show)
        {
            if (reading == _reading && !closed.IsCancellationRequested)
            {
                show();
                StateHasChanged();
            }
        }
    }

    private string PeriodAddress(int days) =>
        ReportAddress.Write(
            _choice with
            {
                Leads = _choice.Leads with { CreatedFrom = FromOf(days), CreatedBefore = null },
            },
            Time
        );

    private bool IsPeriod(int days) => _choice.Leads.CreatedBefore is null && _choice.Leads.CreatedFrom == FromOf(days);

    private DateTimeOffset? FromOf(int days) => days == 0 ? null : Time.StartOf(Today.AddDays(1 - days));

    private void Show(LeadListQuery leads) =>
        Navigation.NavigateTo(ReportAddress.Write(_choice with { Leads = leads }, Time));
}
