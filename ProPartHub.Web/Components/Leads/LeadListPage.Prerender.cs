using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Views;

namespace ProPartHub.Web.Components.Leads;

/// <content>The first rows are in the page before its circuit is, which goes on from there.</content>
public sealed partial class LeadListPage
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
            () => _page is null ? null : new FirstPage(_query, _viewText, _layout, _page, _count, _extras, _tags)
        );
    }

    private async Task ReadFirstAsync(Actor actor)
    {
        await ReadLayoutAsync(actor);
        var address = new Uri(Navigation.Uri);
        if (await ViewAddress.StartAsync(Views, actor, ViewPage.List, address, _closed.Token) is { } start)
        {
            Ask(Navigation.ToAbsoluteUri(start));
        }

        await ReadAsync(actor);
    }

    private void TakeOver(Actor actor)
    {
        if (Pages.Take<FirstPage>(Prerendered, actor) is { Page: var first, Joined: var joined })
        {
            (_query, _viewText, _layout) = (first.Query, first.ViewText, first.Layout);
            (_page, _count, _extras, _tags) = (first.Page, first.Count, first.Extras, first.Tags);
            _pump = joined is null ? null : Feed.Continue(joined, OnFeedAsync);
        }
    }

    private sealed record FirstPage(
        LeadListQuery Query,
        string? ViewText,
        LeadColumnLayout Layout,
        LeadPage Page,
        LeadCount? Count,
        IReadOnlyDictionary<Guid, LeadExtra> Extras,
        IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>> Tags
    );
}
