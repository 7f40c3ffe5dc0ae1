using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// One column: its name and figures, which stay in sight, and the part of its cards that is held. Scrolling to either end
/// presses the button there (<c>js/board.js</c>). Renders only when something in it changed.
/// </summary>
public sealed partial class BoardColumnView
{
    private (BoardColumn? Column, ColumnWindow? Window, int Version, DateTimeOffset Now) _rendered;

    /// <summary>The column and its figures.</summary>
    [Parameter, EditorRequired]
    public BoardColumn Column { get; set; } = null!;

    /// <summary>Its name, in the reader's language.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The part of its cards that is held.</summary>
    [Parameter, EditorRequired]
    public ColumnWindow Window { get; set; } = null!;

    /// <summary>What others did to cards.</summary>
    [Parameter, EditorRequired]
    public BoardMarks Marks { get; set; } = null!;

    /// <summary>Who has the cards' leads open.</summary>
    [Parameter, EditorRequired]
    public BoardPresence Present { get; set; } = null!;

    /// <summary>The stages by id, where cards say in which they are; null where the columns say it.</summary>
    [Parameter]
    public IReadOnlyDictionary<Guid, StageItem>? Stages { get; set; }

    /// <summary>True where cards of several agents stand side by side.</summary>
    [Parameter]
    public bool ShowsAgent { get; set; }

    /// <summary>Decides what is late (UTC); moves on by the minute.</summary>
    [Parameter]
    public DateTimeOffset Now { get; set; }

    /// <summary>Decides what has gone quiet (UTC); moves on with the agency's days.</summary>
    [Parameter]
    public DateTimeOffset QuietSince { get; set; }

    /// <summary>Called when a card is picked up.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BoardCard> OnDragStart { get; set; }

    /// <summary>Called when a card is dropped here.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnDrop { get; set; }

    /// <summary>Called when a card's menu is asked for.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BoardCard> OnMenu { get; set; }

    /// <summary>Called for further cards: above with true, else below.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> OnFurther { get; set; }

    private string HeadId => $"column-{Column.Place.Key}";

    /// <inheritdoc/>
    protected override bool ShouldRender() => _rendered != (Column, Window, Window.Version, Now);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = (Column, Window, Window.Version, Now);

    private string? StageLabel(BoardCard card) => Stages?.GetValueOrDefault(card.StageId)?.Label;
}
