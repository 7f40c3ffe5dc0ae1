using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Leads;

/// <content>What the list does about changes by others.</content>
public sealed partial class LeadListPage
{
    // Batches of the feed so far: what shows the progress of work on many leads looks again with each.
    private int _batches;

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(async () =>
        {
            _batches++;
            if (batch.MustRefresh || _page is null)
            {
                // A failure goes to the pump, which asks again: nobody else would tell this page of the change.
                var before = _page?.Rows ?? [];
                await ReadAsync(_actor!);
                _glows.AddDifferences(before, _page?.Rows ?? []);
                StateHasChanged();
            }
            else if (await RefreshRowsAsync(_page, batch.Changes))
            {
                StateHasChanged();
            }
        });

    // True when something of it is shown.
    private async Task<bool> RefreshRowsAsync(LeadPage page, IReadOnlyList<LeadChange> changes)
    {
        var shown = page.Rows.Select(row => row.Id).ToHashSet();
        var asked = changes
            .Where(change => shown.Contains(change.LeadId) || MayComeOrGo(change))
            .Select(change => change.LeadId)
            .ToList();
        if (asked.Count == 0)
        {
            return false;
        }

        if (changes.Any(MayComeOrGo))
        {
            _ = _countLater!.AskAsync();
        }

        var fresh = (await Leads.RowsAsync(_actor!, asked, _query, _closed.Token)).ToDictionary(row => row.Id);
        var sameTags = changes.Where(KeepsTags).Select(change => change.LeadId).Where(shown.Contains).ToHashSet();
        await RefreshBesidesAsync([.. fresh.Values], [.. fresh.Values.Where(row => !sameTags.Contains(row.Id))]);
        if (_page != page)
        {
            // Read anew meanwhile, but perhaps begun before these changes.
            return _page is not null && await RefreshRowsAsync(_page, changes);
        }

        var touched = asked.Where(shown.Contains).ToHashSet();
        if (touched.Count > 0)
        {
            _page = page with
            {
                Rows =
                [
                    .. page
                        .Rows.Where(row => !touched.Contains(row.Id) || fresh.ContainsKey(row.Id))
                        .Select(row => fresh.GetValueOrDefault(row.Id, row)),
                ],
            };
            foreach (var id in fresh.Keys.Where(touched.Contains))
            {
                _glows.Add(id);
            }
        }

        var newest = page.Rows.Count == 0 ? 0 : page.Rows[0].Number;
        var newcomers = fresh.Values.Where(row => row.Number > newest && !shown.Contains(row.Id)).ToList();
        AddArrivals(newcomers);
        return touched.Count + newcomers.Count > 0;
    }

    // What was edited in the list itself shows at once; the feed tells of it too, and then it glows.
    private async Task RefreshEditedAsync(Guid leadId)
    {
        try
        {
            if (_page is { } page)
            {
                var rows = await Leads.RowsAsync(_actor!, [leadId], _query, _closed.Token);
                await RefreshBesidesAsync(rows, rows);
                _page = page with
                {
                    Rows = [.. _page.Rows.Select(row => rows.FirstOrDefault(fresh => fresh.Id == row.Id) ?? row)],
                };
            }
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // It was stored; the feed asks for the row again when the database is back.
        }
    }

    // Which changes can put a lead into this list or take it out. Under a filter any can; without one, reading each
    // edited lead of the agency for every open list would be most of the work.
    private bool MayComeOrGo(LeadChange change) =>
        _query.HasFilters
        || change.HasLeft
        || change.Kinds.Any(kind =>
            kind
                is LeadEventKind.Created
                    or LeadEventKind.Transferred
                    or LeadEventKind.Archived
                    or LeadEventKind.Restored
        );

    private static bool KeepsTags(LeadChange change) =>
        change.Kinds.Count > 0
        && change.Kinds.All(kind =>
            kind
                is LeadEventKind.Edited
                    or LeadEventKind.StageChanged
                    or LeadEventKind.Transferred
                    or LeadEventKind.CommentAdded
                    or LeadEventKind.FollowUpAdded
                    or LeadEventKind.FollowUpDone
                    or LeadEventKind.ActivityAdded
                    or LeadEventKind.SyncStateChanged
        );

    // Newcomers stand at the top of the newest-first list; anywhere else they would move what is being read.
    private void AddArrivals(List<LeadRow> newcomers)
    {
        if (_query is not { Sort: LeadSort.Number, Descending: true, Cursor: null })
        {
            _arrivals += newcomers.Count;
        }
        else if (newcomers.Count > 0)
        {
            var rows = newcomers.OrderByDescending(row => row.Number).Concat(_page!.Rows);
            _page = _page with { Rows = [.. rows.Take(_query.PageSize)] };
            foreach (var newcomer in newcomers)
            {
                _glows.Add(newcomer.Id);
            }
        }
    }

    private async Task RefreshCountAsync()
    {
        try
        {
            _count = await Leads.CountAsync(_actor!, _query, _closed.Token);
            StateHasChanged();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner tells; when the database is back the feed asks every page to read again.
        }
    }
}
