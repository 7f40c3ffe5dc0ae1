using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Web.Components.Leads.Listing;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <content>The reader's own columns, kept for the next visit, and what they say beyond the rows.</content>
public sealed partial class LeadListPage
{
    private static readonly Dictionary<Guid, LeadExtra> NoExtras = [];
    private static readonly Dictionary<Guid, IReadOnlyList<TagItem>> NoTags = [];

    private LeadColumnLayout _layout = LeadColumnLayout.Standard;
    private IReadOnlyDictionary<Guid, LeadExtra> _extras = NoExtras;
    private IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>> _tags = NoTags;

    [Inject]
    private PersonSettings Settings { get; set; } = null!;

    [Inject]
    private LeadColumnQueries Besides { get; set; } = null!;

    [Inject]
    private TagService Tags { get; set; } = null!;

    // A file has what the list finds, not only the page that is shown.
    private string ExportAddress(string? format)
    {
        var address = LeadExport.Path + QueryOf(_query);
        return format is null ? address : QueryHelpers.AddQueryString(address, TableAnswer.Format, format);
    }

    private async Task ReadLayoutAsync(Actor actor)
    {
        try
        {
            _layout = (await Settings.ReadAsync(actor, LeadColumnLayout.Key, _closed.Token)).InOrder();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The list itself says that the database is away; until it is back the usual columns do.
        }
    }

    private async Task ChangeLayoutAsync(LeadColumnLayout layout)
    {
        var mustRead = layout.Columns.Any(place => !_layout.Shows(place.Column));
        _layout = layout;
        try
        {
            await Settings.SaveAsync(_actor!, LeadColumnLayout.Key, layout, _closed.Token);
            if (mustRead && _page is { } page)
            {
                var (extras, tags) = await ReadBesidesAsync(_actor!, page.Rows);
                if (_page == page)
                {
                    (_extras, _tags) = (extras, tags);
                }
            }
        }
        catch (Exception exception) when (exception is ForbiddenException || DatabaseOutage.Is(exception))
        {
            // The columns hold for this visit: an admin who looks through other eyes leaves no trace, and the banner tells
            // of the database.
        }
    }

    // Two commands at most, none where no shown column needs them.
    private async Task<(
        IReadOnlyDictionary<Guid, LeadExtra>,
        IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>>
    )> ReadBesidesAsync(Actor actor, IReadOnlyList<LeadRow> rows) =>
        (await ReadExtrasAsync(actor, rows), await ReadTagsAsync(actor, rows));

    private async Task<IReadOnlyDictionary<Guid, LeadExtra>> ReadExtrasAsync(Actor actor, IReadOnlyList<LeadRow> rows)
    {
        LeadColumn[] columns = [.. _layout.Columns.Select(place => place.Column)];
        return await Besides.ReadAsync(actor, [.. rows.Select(row => row.Id)], columns, _closed.Token);
    }

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TagItem>>> ReadTagsAsync(
        Actor actor,
        IReadOnlyList<LeadRow> rows
    ) =>
        _layout.Shows(LeadColumn.Tags)
            ? await Tags.OfAsync(actor, [.. rows.Select(row => row.Id)], _closed.Token)
            : NoTags;

    // Of rows that have been read again; tags only of those whose tags may be others, since every open list asks by itself.
    private async Task RefreshBesidesAsync(IReadOnlyList<LeadRow> rows, IReadOnlyList<LeadRow> retagged)
    {
        var extras = await ReadExtrasAsync(_actor!, rows);
        var tags = await ReadTagsAsync(_actor!, retagged);
        _extras = Merged(_extras, extras, rows);
        _tags = retagged.Count == 0 ? _tags : Merged(_tags, tags, retagged);
    }

    private static Dictionary<Guid, T> Merged<T>(
        IReadOnlyDictionary<Guid, T> before,
        IReadOnlyDictionary<Guid, T> fresh,
        IReadOnlyList<LeadRow> rows
    )
        where T : class
    {
        var merged = before.ToDictionary();
        foreach (var row in rows)
        {
            merged.Remove(row.Id);
            if (fresh.TryGetValue(row.Id, out var value))
            {
                merged[row.Id] = value;
            }
        }

        return merged;
    }
}
