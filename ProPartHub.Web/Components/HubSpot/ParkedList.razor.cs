using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Outbox;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>What HubSpot refuses, in its own words, with what can be done about it.</summary>
public sealed partial class ParkedList
{
    [Inject]
    private SyncTroubleQueries Troubles { get; set; } = null!;

    [Inject]
    private SyncAdmin Admin { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<ParkedItem>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Troubles.ParkedAsync(Actor, number, cancellationToken);

    // The hub's own reasons are words of ours; everything else is HubSpot's and stays as it came.
    private string? OwnWords(ParkedItem row) =>
        string.IsNullOrEmpty(row.Words) ? Texts["Words_None"].Value
        : ParkedReason.IsOwn(row.Words) ? Texts[$"Words_{row.Words}"].Value
        : null;

    private Task RetryAsync(ParkedItem row) =>
        ActAsync(async token =>
        {
            await Admin.RetryParkedAsync(Actor, row.Kind, row.SubjectId, token);
            return Texts.Plural("Parked_Retried", 1);
        });

    private Task RetryAllAsync() =>
        ActAsync(async token => Texts.Plural("Parked_Retried", await Admin.RetryAllParkedAsync(Actor, token)));

    private async Task GiveUpAsync(ParkedItem row)
    {
        var isSure = await ConfirmDialog.AskAsync(
            Dialogs,
            Texts["GiveUp_Title", row.ClientName],
            Texts["GiveUp_Text"],
            Texts["Parked_GiveUp"],
            isDestructive: true
        );
        if (isSure)
        {
            await ActAsync(async token =>
            {
                await Admin.GiveUpAsync(Actor, row.Kind, row.SubjectId, token);
                return null;
            });
        }
    }
}
