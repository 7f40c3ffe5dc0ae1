using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Hands a lead over and offers to take that back, on whatever page it was done. For one circuit.</summary>
public sealed class HandOvers(LeadService leads, ISnackbar snackbar, IStringLocalizer<LeadsTexts> texts)
{
    /// <summary>Hands the lead over; the offer to undo stands for ten seconds, also when the page is left.</summary>
    /// <param name="actor">Who hands over.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="seenAgentId">Whose the page shows it to be: a page that is a moment old takes it from nobody else.</param>
    /// <param name="agentId">To whom; null for the pool.</param>
    /// <param name="name">The name; null for the pool.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="onTakenBack">Called after it was taken back, for a page that is still open.</param>
    /// <param name="cancellationToken">Ends the hand-over, not a later undo.</param>
    /// <inheritdoc cref="LeadService.TransferFromAsync" path="/exception"/>
    public async Task GiveAsync(
        Actor actor,
        Guid leadId,
        Guid? seenAgentId,
        Guid? agentId,
        string? name,
        string? reason,
        Func<Task> onTakenBack,
        CancellationToken cancellationToken
    )
    {
        await leads.TransferFromAsync(actor, leadId, seenAgentId, agentId, reason, cancellationToken);
        TakenBack.Offer(
            snackbar,
            texts,
            texts["Transfer_Done", name ?? texts["Row_Pool"]],
            async () =>
            {
                await leads.TransferFromAsync(actor, leadId, agentId, seenAgentId, null, CancellationToken.None);
                return true;
            },
            onTakenBack
        );
    }
}
