using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Boards;

/// <content>Reads the board, and further cards of a column.</content>
public sealed partial class BoardPage
{
    private readonly HashSet<string> _further = [];

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

    // Each column goes on where it was, so that nobody loses the place when everything has to be read again.
    private async Task ReadAsync()
    {
        var reading = ++_reading;
        var asked = QueryOf(_asked);
        var query = await QueryAsync();
        var quiet = await Quiet.RuleAsync(_actor!, _closed.Token);
        var columns = await Boards.ColumnsAsync(_actor!, query, _closed.Token);
        var board = new Board(columns, asked == _shownQuery ? _board : null);
        var cards = await Boards.CardsAsync(_actor!, query, board.Slices, _closed.Token);
        var otherMoney = await Boards.OtherMoneyAsync(_actor!, query, _closed.Token);
        if (reading != _reading)
        {
            return;
        }

        board.Show(cards);
        (_query, _board, _shownQuery, _hasFailed) = (query, board, asked, false);
        (_now, _quiet) = (Clock.GetUtcNow(), quiet);
        _otherMoney = otherMoney;
        _marks.Forget(board);
        await ShowPeopleAsync();
    }

    private string? _shownQuery;
    private int _otherMoney;

    private string OtherMoneyAddress =>
        BoardAddress.Write(_asked with { Filter = _asked.Filter with { Money = LeadMoney.Other } }, Time);

    private async Task<BoardQuery> QueryAsync()
    {
        var stages = await Directory.AllAsync(_closed.Token);
        _pipelines = [.. stages.Select(stage => (stage.PipelineId, stage.PipelineLabel)).Distinct()];
        _stagesById = stages.ToDictionary(stage => stage.Id);
        _pipelineId = _asked.ShownPipeline(stages);
        _asked = _asked.For(_actor!);
        return _asked.Query(stages, Time);
    }

    private async Task RefreshFiguresAsync()
    {
        try
        {
            if (_board is { } board && _query is { } query)
            {
                var columns = await Boards.ColumnsAsync(_actor!, query, _closed.Token);
                _otherMoney = await Boards.OtherMoneyAsync(_actor!, query, _closed.Token);
                if (_board == board && !board.TakeFigures(columns))
                {
                    await ReadAsync();
                }

                StateHasChanged();
            }
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner tells; when the database is back the feed asks every page to read again.
        }
    }

    // A column is asked once at a time, however often its end comes into sight meanwhile.
    private async Task FurtherAsync(string key, bool upwards)
    {
        if (_board?.Window(key) is not { } window || window.Further(upwards) is not { } slice || !_further.Add(key))
        {
            return;
        }

        try
        {
            await TryAsync(async () =>
            {
                var pages = await Boards.CardsAsync(_actor!, _query!, [slice], _closed.Token);
                if (upwards)
                {
                    window.AddAbove(pages[0]);
                }
                else
                {
                    window.AddBelow(pages[0]);
                }

                await ShowPeopleAsync();
            });
        }
        finally
        {
            _further.Remove(key);
        }
    }

    // What was to come becomes late by the clock alone, and at midnight every day moves to the next column.
    private async Task OnMinuteAsync()
    {
        if (_closed.IsCancellationRequested || _query is not { } query)
        {
            return;
        }

        _now = Clock.GetUtcNow();
        if (query.Grouping is BoardGrouping.FollowUp && query.Days != BoardDays.From(Time))
        {
            await ReloadAsync();
        }

        StateHasChanged();
    }
}
