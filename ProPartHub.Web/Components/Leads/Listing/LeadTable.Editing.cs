using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <content>Which cells are open to be edited: one under the hand, and those that were left and are still to be settled.</content>
public sealed partial class LeadTable
{
    private readonly Dictionary<Guid, IReadOnlyList<LeadColumn>> _edited = [];

    /// <summary>Who edits.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called with a lead that was edited here, or is gone.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid> OnEdited { get; set; }

    private List<LeadColumn> Editable =>
        [.. Layout.Columns.Select(place => place.Column).Where(column => CellFields.MayEdit(Actor, column))];

    /// <summary>The script's word that a cell shall be edited.</summary>
    /// <param name="leadId">A lead of the page; any other is nothing.</param>
    /// <param name="column">The column's name; one that is not edited in place is nothing.</param>
    [JSInvokable]
    public void Edit(Guid leadId, string column)
    {
        if (
            LeadListAddress.ParseEnum<LeadColumn>(column) is { } edited
            && Editable.Contains(edited)
            && Rows.Any(row => row.Id == leadId)
        )
        {
            Open(leadId, edited);
        }
    }

    private void Open(Guid leadId, LeadColumn column)
    {
        var open = EditedOf(leadId);
        if (!open.Contains(column))
        {
            _edited[leadId] = [.. open, column];
            StateHasChanged();
        }
    }

    private void Close(Guid leadId, LeadColumn column)
    {
        _edited[leadId] = [.. EditedOf(leadId).Where(open => open != column)];
        if (_edited[leadId].Count == 0)
        {
            _edited.Remove(leadId);
        }

        StateHasChanged();
    }

    // From the last cell of a row to the first of the next; at the ends of the page there is nowhere to go.
    private void Step(Guid leadId, LeadColumn column, int step)
    {
        var columns = Editable;
        var cells = Rows.SelectMany(row => columns.Select(one => (row.Id, Column: one))).ToList();
        var place = cells.IndexOf((leadId, column));
        if (place >= 0 && place + step >= 0 && place + step < cells.Count)
        {
            Open(cells[place + step].Id, cells[place + step].Column);
        }
    }

    private IReadOnlyList<LeadColumn> EditedOf(Guid leadId) => _edited.GetValueOrDefault(leadId, []);
}
