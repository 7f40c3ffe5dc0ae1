using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Dashboard;

/// <content>The figures are in the page before its circuit is, which goes on from there.</content>
public sealed partial class DashboardPage
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
            ReloadAsync,
            () =>
                _hasFailed
                    ? null
                    : new FirstFigures(_agenda, _news, _quiet, _figures, _trend, _team, _standing, _ranking)
        );
        // The circuit tries by itself, and says so if it fails too.
        _hasFailed = false;
    }

    private void TakeOver(Actor actor)
    {
        if (Pages.Take<FirstFigures>(Prerendered, actor) is { Page: var first, Joined: var joined })
        {
            (_agenda, _news, _quiet, _figures) = (first.Agenda, first.News, first.Quiet, first.Figures);
            (_trend, _team, _standing, _ranking) = (first.Trend, first.Team, first.Standing, first.Ranking);
            _pump = joined is null ? null : Feed.Continue(joined, OnFeedAsync);
        }
    }

    private sealed record FirstFigures(
        IReadOnlyList<AgendaGroup>? Agenda,
        News? News,
        QuietLeads? Quiet,
        Figures? Figures,
        Trend? Trend,
        IReadOnlyList<TeamLine>? Team,
        Standing? Standing,
        Ranking? Ranking
    );
}
