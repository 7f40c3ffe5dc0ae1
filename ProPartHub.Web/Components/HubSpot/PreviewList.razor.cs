using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>What waits while writing is off, item by item, with what would become of each.</summary>
public sealed partial class PreviewList
{
    /// <summary>True for leads with differences alone.</summary>
    [Parameter, EditorRequired]
    public bool OnlyDiffering { get; set; }

    /// <summary>True while new leads would wait because contacts or deals are off.</summary>
    [Parameter, EditorRequired]
    public bool IsHeld { get; set; }

    /// <summary>The address of a contact in HubSpot; null where there is none.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?> ContactAddress { get; set; } = null!;

    [Inject]
    private PreviewQueries Previews { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<PreviewItem>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Previews.PageAsync(Actor, OnlyDiffering, number, cancellationToken);
}
