using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>One row of the list: a table row on a desktop, a card on a phone. Renders only when its own row changed.</summary>
public sealed partial class LeadRowView
{
    private LeadRow? _rendered;
    private int _renderedGlow;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public LeadRow Row { get; set; } = null!;

    /// <summary>How often somebody else changed the row since the page was opened; each time it glows.</summary>
    [Parameter]
    public int Glow { get; set; }

    /// <inheritdoc/>
    protected override bool ShouldRender() => Row != _rendered || Glow != _renderedGlow;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => (_rendered, _renderedGlow) = (Row, Glow);
}
