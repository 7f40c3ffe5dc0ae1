using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// The stages of a pipeline side by side, live. A move shows at once and goes back with the reason when it is refused.
/// Pipeline and search are the page's address.
/// </summary>
public sealed partial class BoardPage : IAsyncDisposable
{
    private const string Path = "/board";

    private readonly CancellationTokenSource _closed = new();
    private readonly RowGlows _glows = new();
    private IReadOnlyList<(Guid Id, string Label)> _pipelines = [];
    private IReadOnlyList<StageItem> _targets = [];
    private (string? Pipeline, string? Search)? _shown;
    private Guid _pipelineId;
    private Board? _board;
    private LeadRow? _dragged;
    private (LeadRow Card, Guid StageId)? _losing;
    private string _reason = "";
    private ElementReference _reasonField;
    private bool _mustFocusReason;
    private LateRefresh? _figures;
    private Actor? _actor;
    private FeedPump? _pump;
    private string? _message;
    private bool _hasFailed;
    private int _turn;

    [SupplyParameterFromQuery(Name = "pipeline")]
    private string? PipelineText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [Inject]
    private BoardQueries Boards { get; set; } = null!;

    [Inject]
    private LeadQueries Rows { get; set; } = null!;

    [Inject]
    private StageDirectory Directory { get; set; } = null!;

    [Inject]
    private StageMoves Moves { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private LeadListQuery Query => new() { Search = Search };

    /// <inheritdoc/>
    protected override void OnInitialized() => _reason = Book.For(LeadField.RefusalReason)![0];

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == (PipelineText, Search))
        {
            return;
        }

        _shown = (PipelineText, Search);
        _actor ??= await Actor.GetAsync();
        _figures ??= new LateRefresh(Time, RefreshFiguresAsync, _closed.Token);
        if (_pump is null)
        {
            _pump = await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
        }
        else
        {
            await ReloadAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocusReason)
        {
            _mustFocusReason = false;
            await _reasonField.FocusAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        _closed.Dispose();
    }

    private async Task ReloadAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _board is null;
        }
    }

    private async Task ReadAsync()
    {
        var stages = await Directory.AllAsync(_closed.Token);
        _pipelines = [.. stages.Select(stage => (stage.PipelineId, stage.PipelineLabel)).Distinct()];
        _pipelineId =
            Guid.TryParse(PipelineText, out var asked) && _pipelines.Any(pipeline => pipeline.Id == asked) ? asked
            : _pipelines is [var first, ..] ? first.Id
            : Guid.Empty;
        _targets = [.. stages.Where(stage => stage.PipelineId == _pipelineId)];
        var columns = await Boards.ColumnsAsync(_actor!, _targets, Query, _closed.Token);
        var cards = await Boards.FirstCardsAsync(_actor!, _targets, Query, _closed.Token);
        (_board, _hasFailed) = (new Board(columns, cards), false);
        _turn++;
    }

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            if (batch.MustRefresh || _board is null)
            {
                // A failure goes to the pump, which asks again: nobody else would tell this page of the change.
                var before = _board?.AllCards ?? [];
                await ReadAsync();
                _glows.AddDifferences(before, _board!.AllCards);
            }
            else
            {
                var ids = batch.Changes.Select(change => change.LeadId).ToList();
                var fresh = await Rows.RowsAsync(_actor!, ids, Query, _closed.Token);
                foreach (var id in _board.Replace(ids, fresh))
                {
                    _glows.Add(id);
                }

                _ = _figures!.AskAsync();
            }

            StateHasChanged();
        });

    private async Task RefreshFiguresAsync()
    {
        try
        {
            if (_board is { } board)
            {
                board.Columns = await Boards.ColumnsAsync(_actor!, _targets, Query, _closed.Token);
                StateHasChanged();
            }
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner tells; when the database is back the feed asks every page to read again.
        }
    }

    private async Task MoreAsync(Guid stageId)
    {
        var last = _board!.Cards(stageId) is [.., var card] ? card : null;
        await TryAsync(async () =>
            _board.Add(await Boards.MoreCardsAsync(_actor!, stageId, Query, last, _closed.Token))
        );
    }

    private async Task<bool> TryAsync(Func<Task> command)
    {
        _message = null;
        try
        {
            await command();
            return true;
        }
        catch (InvalidInputException exception)
        {
            _message = Leads.Fault(exception.Errors[0]);
        }
        catch (NotFoundException)
        {
            _message = T["Move_Gone"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = Leads["Save_Failed"];
        }

        return false;
    }

    private void FindLeads(ChangeEventArgs change) => Show(PipelineText, change.Value as string);

    private void ChoosePipeline(ChangeEventArgs change) => Show(change.Value as string, Search);

    private void Show(string? pipeline, string? search)
    {
        var address = new Dictionary<string, string?> { ["pipeline"] = pipeline, ["q"] = search };
        Navigation.NavigateTo(
            QueryHelpers.AddQueryString(Path, address.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
        );
    }
}
