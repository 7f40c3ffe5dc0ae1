using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Dashboard;

/// <content>The figures are in the page before its circuit is, which then shows the same and reads again.</content>
public sealed partial class DashboardPage
{
    /// <summary>Key of what was read while prerendering.</summary>
    [PersistentState]
    public Guid? Prerendered { get; set; }

    [Inject]
    private PrerenderedPages Pages { get; set; } = null!;

    private async Task PrerenderAsync(Actor actor)
    {
        var isRead = await Pages.IsReadAsync(ReloadAsync());
        if (isRead && !_hasFailed)
        {
            Prerendered = Pages.Keep(
                actor,
                new FirstFigures(_agenda, _news, _quiet, _figures, _trend, _team, _standing, _ranking)
            );
        }

        // The circuit tries by itself, and says so if it fails too.
        _hasFailed = false;
    }

    private void TakeOver(Actor actor)
    {
        if (Pages.Take<FirstFigures>(Prerendered, actor) is { } first)
        {
            (_agenda, _news, _quiet, _figures) = (first.Agenda, first.News, first.Quiet, first.Figures);
            (_trend, _team, _standing, _ranking) = (first.Trend, first.Team, first.Standing, first.Ranking);
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
