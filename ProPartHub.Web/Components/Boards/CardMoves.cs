using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// Stores that a card was put into another column, whatever the columns stand for, and offers to take it back. For one
/// circuit.
/// </summary>
/// <remarks>Every way checks that the lead still stands where the board showed it.</remarks>
public sealed class CardMoves(
    StageMoves stages,
    HandOvers handOvers,
    FollowUpService followUps,
    FollowUpQueries followUpQueries,
    ISnackbar snackbar,
    IStringLocalizer<LeadsTexts> texts,
    IStringLocalizer<BoardTexts> board
)
{
    /// <summary>Moves the lead to a stage.</summary>
    /// <inheritdoc cref="StageMoves.MoveAsync"/>
    public Task ToStageAsync(
        Actor actor,
        BoardCard card,
        StageItem target,
        string? refusalReason,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    ) => stages.MoveAsync(actor, card.Id, card.StageId, target, refusalReason, onTakenBack, cancellationToken);

    /// <summary>Hands the lead over.</summary>
    /// <param name="actor">Who hands over.</param>
    /// <param name="card">The lead, as the board showed it.</param>
    /// <param name="target">To whom.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="onTakenBack">Called after it was taken back, for a page that is still open.</param>
    /// <param name="cancellationToken">Ends the hand-over, not a later undo.</param>
    /// <inheritdoc cref="LeadService.TransferFromAsync" path="/exception"/>
    public Task ToAgentAsync(
        Actor actor,
        BoardCard card,
        AgentPlace target,
        string? reason,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    ) =>
        handOvers.GiveAsync(
            actor,
            card.Id,
            card.AgentId,
            target.AgentId,
            target.Name,
            reason,
            onTakenBack,
            cancellationToken
        );

    /// <summary>Puts the next follow-up to another time, or makes one where nothing is planned.</summary>
    /// <param name="actor">Who plans.</param>
    /// <param name="card">The lead, as the board showed it.</param>
    /// <param name="due">By when (UTC).</param>
    /// <param name="newId">The key of a follow-up that is made.</param>
    /// <param name="onTakenBack">Called after it was taken back, for a page that is still open.</param>
    /// <param name="cancellationToken">Ends the change, not a later undo.</param>
    /// <exception cref="InvalidInputException">The time lies behind, or somebody has changed it meanwhile.</exception>
    /// <exception cref="NotFoundException">There is no such lead or follow-up for the actor.</exception>
    public async Task ToDayAsync(
        Actor actor,
        BoardCard card,
        DateTimeOffset due,
        Guid newId,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    )
    {
        if (card is { FollowUpId: { } id, FollowUpAt: { } before })
        {
            var opened = new FollowUpInput(card.FollowUpTitle, null, before);
            var typed = opened with { DueAt = due };
            var result = await followUps.EditAsync(actor, id, opened, typed, overrule: false, cancellationToken);
            if (!result.Saved)
            {
                throw new InvalidInputException(FollowUpFields.Due, FieldErrorCode.MovedMeanwhile);
            }

            TakenBack.Offer(
                snackbar,
                texts,
                board["Planned_Moved", card.Number],
                () => followUps.PutBackDueAsync(actor, id, due, CancellationToken.None),
                onTakenBack
            );
            return;
        }

        var title = board["Planned_Title", card.ClientName].Value;
        var input = new FollowUpInput(
            title.Length > FollowUp.TitleLength ? board["Planned_TitleShort"] : title,
            null,
            due
        );
        await followUps.AddAsync(actor, newId, card.Id, input, cancellationToken);
        TakenBack.Offer(
            snackbar,
            texts,
            board["Planned_Made", card.Number],
            () => RemoveAsync(actor, card.Id, newId, input),
            onTakenBack
        );
    }

    // What somebody has written into it since stays.
    private async Task<bool> RemoveAsync(Actor actor, Guid leadId, Guid followUpId, FollowUpInput made)
    {
        var open = await followUpQueries.OpenAsync(actor, leadId, CancellationToken.None);
        if (
            open.FirstOrDefault(row => row.Id == followUpId) is not { } now
            || (now.Title, now.Details) != (made.Title, made.Details)
            || FollowUpFields.ToText(now.DueAt) != FollowUpFields.ToText(made.DueAt!.Value)
        )
        {
            return false;
        }

        await followUps.DeleteAsync(actor, followUpId, CancellationToken.None);
        return true;
    }
}
