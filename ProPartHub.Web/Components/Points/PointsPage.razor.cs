using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Points;

/// <summary>
/// Somebody's points: the ledger, the level and the ranking of a month. Everybody sees the own; managers and admins those
/// of whom they lead, with a form to put them right.
/// </summary>
public sealed partial class PointsPage : IDisposable
{
    private const string MonthFormat = "yyyy-MM";

    private readonly PageLife _closed = new();
    private Actor? _actor;
    private Standing? _standing;
    private NumberedPage<LedgerRow>? _page;
    private Ranking? _ranking;
    private ReaderSubscription? _pointsChanged;
    private LateRefresh? _later;
    private DateOnly _month;
    private RankingSort _sort;
    private bool _isMissing;
    private bool _hasFailed;

    /// <summary>Whose; null for the reader's own.</summary>
    [Parameter]
    public Guid? UserId { get; set; }

    /// <summary>What is shown: <c>ranking</c>, or the ledger.</summary>
    [SupplyParameterFromQuery]
    private string? View { get; set; }

    /// <summary>The month of the ranking, such as 2026-03.</summary>
    [SupplyParameterFromQuery]
    private string? Month { get; set; }

    /// <summary>Which page of the ledger, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [Inject]
    private PointQueries Points { get; set; } = null!;

    [Inject]
    private RankingQueries Rankings { get; set; } = null!;

    [Inject]
    private AgencySignal Signal { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyCalendar Calendar { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsRanking => UserId is null && View == "ranking";

    private DateOnly ThisMonth => Calendar.MonthOf(Clock.GetUtcNow());

    /// <inheritdoc/>
    public void Dispose()
    {
        _pointsChanged?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _actor = await Actor.GetAsync();
        _later = new LateRefresh(Clock, ReadAgainAsync, _closed.Token);
        _pointsChanged = new ReaderSubscription(
            listener => Signal.Join(AgencyTopic.Points, listener),
            listener => Signal.Leave(AgencyTopic.Points, listener),
            () => _ = InvokeAsync(() => _later.AskAsync())
        );
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _month =
            DateOnly.TryParseExact(Month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            && month.Year >= 2000
            && month <= ThisMonth
                ? month
                : ThisMonth;
        return _actor is null ? Task.CompletedTask : ReadAsync();
    }

    private async Task ReadAgainAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            var actor = _actor!;
            _standing = await Points.StandingAsync(actor, UserId, _closed.Token);
            if (IsRanking)
            {
                _ranking = await Rankings.OfMonthAsync(actor, _month, _sort, _closed.Token);
            }
            else
            {
                _page = await Points.LedgerAsync(actor, UserId, PageNumber.Read(PageText), _closed.Token);
            }

            (_isMissing, _hasFailed) = (false, false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (NotFoundException)
        {
            _isMissing = true;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _standing is null;
        }
    }

    private Task SortAsync(RankingSort sort)
    {
        _sort = sort;
        return ReadAsync();
    }

    private string PageAddress(int page) => (UserId is { } id ? $"/points/{id}" : "/points") + $"?page={page}";

    private static string RankingAddress(DateOnly month) =>
        "/points?view=ranking&month=" + month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    private static string Signed(int points) => points.ToString("+#,0;−#,0;0", CultureInfo.CurrentCulture);
}
