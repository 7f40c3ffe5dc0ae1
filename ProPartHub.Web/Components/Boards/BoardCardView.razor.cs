using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Boards;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// One lead on the board: dragged with a pointer, moved by its menu or by keys (<c>js/board.js</c>). Renders only when its
/// own card changed, or the words of its times. Its small parts are words and markup and no components: a board shows hundreds.
/// </summary>
public sealed partial class BoardCardView : IDisposable
{
    private (BoardCard?, CardMark?, IReadOnlyList<PresentPerson>?, bool, bool, bool, string?, string?) _rendered;
    private IDisposable? _tick;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public BoardCard Card { get; set; } = null!;

    /// <summary>What others did to it since the page was opened.</summary>
    [Parameter, EditorRequired]
    public CardMark Mark { get; set; } = CardMark.None;

    /// <summary>Who has its lead open; another list only when that changed.</summary>
    [Parameter]
    public IReadOnlyList<PresentPerson> Present { get; set; } = [];

    /// <summary>True for the card that the Tab key reaches before any other of the column was reached.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>True when the next follow-up was due before now.</summary>
    [Parameter]
    public bool IsLate { get; set; }

    /// <summary>True when nothing has happened for long and nothing is planned.</summary>
    [Parameter]
    public bool IsQuiet { get; set; }

    /// <summary>The stage's name where columns are something else.</summary>
    [Parameter]
    public string? StageLabel { get; set; }

    /// <summary>True where cards of several agents stand side by side.</summary>
    [Parameter]
    public bool ShowsAgent { get; set; }

    /// <summary>Called when the card is picked up.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BoardCard> OnDragStart { get; set; }

    /// <summary>Called when its menu is asked for.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BoardCard> OnMenu { get; set; }

    [Inject]
    private IStringLocalizer<SharedTexts> Shared { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private MinuteTick Tick { get; set; } = null!;

    private (BoardCard?, CardMark?, IReadOnlyList<PresentPerson>?, bool, bool, bool, string?, string?) Shown =>
        (Card, Mark, Present, IsFirst, IsLate, IsQuiet, StageLabel, Times);

    private string Times =>
        Card.CommentAt is { } saidAt ? $"{Ago(Card.StageChangedAt)} {Ago(saidAt)}" : Ago(Card.StageChangedAt);

    private bool HasBudget => Card.BudgetFrom is not null || Card.BudgetTo is not null;

    /// <inheritdoc/>
    public void Dispose() => _tick?.Dispose();

    /// <inheritdoc/>
    protected override bool ShouldRender() => _rendered != Shown;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        _rendered = Shown;
        if (firstRender)
        {
            _tick = Tick.Subscribe(() => _ = InvokeAsync(StateHasChanged));
        }
    }

    private string Ago(DateTimeOffset moment) => RelativeTime.Words(Shared, Time, moment);
}
