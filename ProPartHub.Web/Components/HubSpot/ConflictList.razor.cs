using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;

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

    private string FieldName(ConflictItem row) =>
        Enum.TryParse<LeadField>(row.Field, out var field) ? Leads.Field(field) : Texts["Conflict_Budget"];

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
