using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Leads whose deal could not be taken in whole.</summary>
public sealed partial class PullProblemList
{
    [Inject]
    private SyncTroubleQueries Troubles { get; set; } = null!;

    [Inject]
    private SyncAdmin Admin { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task<NumberedPage<PullProblem>> LoadAsync(int number, CancellationToken cancellationToken) =>
        Troubles.PullProblemsAsync(Actor, number, cancellationToken);

    private IEnumerable<string> Words(PullProblem row) =>
        from kind in Enum.GetValues<Attention>()
        where kind is not Attention.None && row.Attention.HasFlag(kind)
        select Texts[$"Problem_{kind}", (kind is Attention.UnknownStage ? row.Stage : row.Owner) ?? "—"].Value;

    private Task CompareAsync(PullProblem row) =>
        ActAsync(async token =>
        {
            await Admin.SyncLeadNowAsync(Actor, row.LeadId, token);
            return Texts["Problem_Compared"];
        });
}
