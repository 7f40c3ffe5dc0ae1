using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Fields that both sides changed: what stands, what lost, and one click to bring it back.</summary>
public sealed partial class ConflictList
{
    [Inject]
    private SyncTroubleQueries Troubles { get; set; } = null!;

    [Inject]
    private ConflictService Conflicts { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<ConflictItem>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Troubles.ConflictsAsync(Actor, number, cancellationToken);

    private Task RestoreAsync(ConflictItem row) =>
        ActAsync(async token =>
        {
            await Conflicts.RestoreAsync(Actor, row.Id, token);
            return null;
        });

    private Task SettleAsync(ConflictItem row) =>
        ActAsync(async token =>
        {
            await Conflicts.SettleAsync(Actor, row.Id, token);
            return null;
        });
}
