using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// One lead on the board: dragged with a pointer, moved by its menu with keys or a finger. Renders only when its own
/// card changed.
/// </summary>
public sealed partial class BoardCardView
{
    private (LeadRow? Card, int Glow, int Turn) _rendered;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public LeadRow Card { get; set; } = null!;

    /// <summary>Stages that the card may be moved to, its own among them.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<StageItem> Stages { get; set; } = [];

    /// <summary>How often somebody else changed the lead since the page was opened; each time it glows.</summary>
    [Parameter]
    public int Glow { get; set; }

    /// <summary>Rises when the page wants the menu to show the card's stage again, after a refused move.</summary>
    [Parameter]
    public int Turn { get; set; }

    /// <summary>True where cards of several agents stand side by side.</summary>
    [Parameter]
    public bool ShowsAgent { get; set; }

    /// <summary>Called when the card is picked up.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeadRow> OnDragStart { get; set; }

    /// <summary>Called with the stage chosen in the card's menu.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid> OnMove { get; set; }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _rendered != (Card, Glow, Turn);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = (Card, Glow, Turn);

    private Task ChooseAsync(ChangeEventArgs change) =>
        Guid.TryParse(change.Value as string, out var stage) && stage != Card.StageId
            ? OnMove.InvokeAsync(stage)
            : Task.CompletedTask;
}
