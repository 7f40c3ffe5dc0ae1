using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>The list's search box and filters; it changes nothing itself but hands the new query up.</summary>
public sealed partial class LeadFilters
{
    /// <summary>What the list shows now.</summary>
    [Parameter, EditorRequired]
    public LeadListQuery Query { get; set; } = null!;

    /// <summary>Called with what the list shall show.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeadListQuery> OnChanged { get; set; }

    /// <summary>True for those who may see the unassigned pool.</summary>
    [Parameter]
    public bool ShowsPool { get; set; }

    private Task SearchAsync(ChangeEventArgs change) =>
        OnChanged.InvokeAsync(Query with { Search = change.Value as string });

    private Task ToggleAsync(LeadStatus status) =>
        OnChanged.InvokeAsync(
            Query with
            {
                Statuses = Query.Statuses.Contains(status)
                    ? [.. Query.Statuses.Where(other => other != status)]
                    : [.. Query.Statuses, status],
            }
        );

    private Task ViewAsync(bool pool = false, bool attention = false, bool archived = false) =>
        OnChanged.InvokeAsync(Query with { OnlyPool = pool, OnlyAttention = attention, Archived = archived });

    private static string Pressed(bool isOn) => isOn ? "true" : "false";
}
