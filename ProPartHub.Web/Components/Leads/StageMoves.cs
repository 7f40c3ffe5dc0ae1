using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Moves a lead and offers to take the move back, on whatever page it was made. For one circuit.</summary>
public sealed class StageMoves(LeadService leads, ISnackbar snackbar, IStringLocalizer<LeadsTexts> texts)
{
    /// <summary>Moves the lead; the offer to undo stands for ten seconds, also when the page is left.</summary>
    /// <param name="actor">Who moves it.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="seenStageId">Where the page shows it: a page that is a moment old moves nothing.</param>
    /// <param name="target">Where to.</param>
    /// <param name="refusalReason">Why, for a stage that means lost.</param>
    /// <param name="onTakenBack">Called after the move was taken back, for a page that is still open.</param>
    /// <param name="cancellationToken">Ends the move, not a later undo.</param>
    /// <inheritdoc cref="LeadService.MoveFromAsync" path="/exception"/>
    public async Task MoveAsync(
        Actor actor,
        Guid leadId,
        Guid seenStageId,
        StageItem target,
        string? refusalReason,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    )
    {
        var before = await leads.MoveFromAsync(actor, leadId, seenStageId, target.Id, refusalReason, cancellationToken);
        TakenBack.Offer(
            snackbar,
            texts,
            texts["Undo_Moved", target.Label],
            () => leads.TakeMoveBackAsync(actor, leadId, before, target.Id, CancellationToken.None),
            onTakenBack
        );
    }
}
