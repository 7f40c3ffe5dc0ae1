using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Stores a fact that was edited in its place and offers to take that back, on whatever page it was done. For one
/// circuit.</summary>
public sealed class FactEdits(LeadService leads, ISnackbar snackbar, IStringLocalizer<LeadsTexts> texts)
{
    /// <summary>Stores the fact; the offer to undo stands for ten seconds, also when the page is left.</summary>
    /// <param name="actor">Who edits.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="opened">The values that the edit began with.</param>
    /// <param name="typed">The values as they were typed.</param>
    /// <param name="onTakenBack">Called after it was taken back, for a page that is still open.</param>
    /// <returns>Conflicts, where somebody has changed the same meanwhile; nothing is stored then, nor offered.</returns>
    /// <inheritdoc cref="LeadService.EditAsync" path="/exception"/>
    public async Task<LeadEditResult> SaveAsync(
        Actor actor,
        Guid leadId,
        LeadInput opened,
        LeadInput typed,
        Func<Task> onTakenBack
    )
    {
        var overrule = new HashSet<LeadField>();
        var result = await leads.EditAsync(actor, leadId, opened, typed, overrule, CancellationToken.None);
        if (result is { Saved: true, Changed.Count: > 0 })
        {
            var fact = Fact.Holding(result.Changed);
            TakenBack.Offer(
                snackbar,
                texts,
                texts["Undo_Edited", texts[fact?.TextKey ?? "Column_Client"]],
                UndoAsync,
                onTakenBack
            );
        }

        return result;

        // An edit like any other, from what was stored to what stood there before: somebody's later change is a conflict, and
        // then nothing is taken back.
        async Task<bool> UndoAsync()
        {
            var stored = typed.Normalised();
            var before = stored with { };
            foreach (var field in result.Changed)
            {
                LeadFields.Write(before, field, LeadFields.Read(opened, field));
            }

            return (await leads.EditAsync(actor, leadId, stored, before, overrule, CancellationToken.None)).Saved;
        }
    }
}
