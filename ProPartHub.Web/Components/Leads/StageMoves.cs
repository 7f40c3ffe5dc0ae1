using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
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
    /// <param name="target">Where to.</param>
    /// <param name="refusalReason">Why, for a stage that means lost.</param>
    /// <param name="onTakenBack">Called after the move was taken back, for a page that is still open.</param>
    /// <param name="cancellationToken">Ends the move, not a later undo.</param>
    /// <inheritdoc cref="LeadService.MoveAsync" path="/exception"/>
    public async Task MoveAsync(
        Actor actor,
        Guid leadId,
        StageItem target,
        string? refusalReason,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    )
    {
        var before = await leads.MoveAsync(actor, leadId, target.Id, refusalReason, cancellationToken);
        snackbar.OfferUndo(texts, texts["Undo_Moved", target.Label], UndoAsync);

        async Task UndoAsync()
        {
            await TakeBackAsync(actor, leadId, before, target.Id);
            await onTakenBack();
        }
    }

    private async Task TakeBackAsync(Actor actor, Guid leadId, LeadPlace before, Guid movedTo)
    {
        try
        {
            if (!await leads.TakeMoveBackAsync(actor, leadId, before, movedTo, CancellationToken.None))
            {
                // Somebody else's later move is not taken back with one's own.
                snackbar.Add(texts["Undo_TooLate"], Severity.Warning);
            }
        }
        catch (InvalidInputException exception)
        {
            snackbar.Add(texts.Fault(exception.Errors[0]), Severity.Error);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            snackbar.Add(texts.Refusal(exception), Severity.Error);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            snackbar.Add(texts["Save_Failed"], Severity.Error);
        }
    }
}
