using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Views;

namespace ProPartHub.Web.Components.Boards;

/// <content>The first cards are in the page before its circuit is, which goes on from there.</content>
public sealed partial class BoardPage
{
    /// <summary>Key of what was read while prerendering.</summary>
    [PersistentState]
    public Guid? Prerendered { get; set; }

    [Inject]
    private PrerenderedPages Pages { get; set; } = null!;

    private async Task PrerenderAsync(Actor actor)
    {
        Prerendered = await Pages.ReadAsync(
            actor,
            () => ReadFirstAsync(actor),
            () =>
                _board is null || _query is null
                    ? null
                    : new FirstBoard(
                        _asked,
                        _viewText,
                        _pipelines,
                        _pipelineId,
                        _stagesById,
                        _query,
                        _board,
                        _now,
                        _quiet,
                        _otherMoney
                    )
        );
    }

    private async Task ReadFirstAsync(Actor actor)
    {
        var address = new Uri(Navigation.Uri);
        if (await ViewAddress.StartAsync(Views, actor, ViewPage.Board, address, _closed.Token) is { } start)
        {
            Ask(Navigation.ToAbsoluteUri(start));
        }

        await ReadAsync();
    }

    private void TakeOver(Actor actor)
    {
        if (Pages.Take<FirstBoard>(Prerendered, actor) is { Page: var first, Joined: var joined })
        {
            (_asked, _viewText, _pipelines) = (first.Asked, first.ViewText, first.Pipelines);
            (_pipelineId, _stagesById, _query) = (first.PipelineId, first.StagesById, first.Query);
            (_board, _now, _quiet, _otherMoney) = (first.Board, first.Now, first.Quiet, first.OtherMoney);
            _shownQuery = QueryOf(_asked);
            _pump = joined is null ? null : Feed.Continue(joined, OnFeedAsync);
        }
    }

    private sealed record FirstBoard(
        BoardAsked Asked,
        string? ViewText,
        IReadOnlyList<(Guid Id, string Label)> Pipelines,
        Guid PipelineId,
        IReadOnlyDictionary<Guid, StageItem> StagesById,
        BoardQuery Query,
        Board Board,
        DateTimeOffset Now,
        QuietRule Quiet,
        int OtherMoney
    );
}
