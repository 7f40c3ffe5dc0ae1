using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Claims;

/// <summary>For which clients the person has asked, and what became of it.</summary>
public sealed partial class OwnClaimsPage : ActingComponent
{
    private NumberedPage<OwnClaim>? _claims;

    /// <summary>Page, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    [Inject]
    private ClaimQueries Queries { get; set; } = null!;

    [Inject]
    private ClaimRequests Requests { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Claims];

    /// <inheritdoc/>
    protected override async Task ReadAsync() =>
        _claims = await Queries.OwnAsync(Who!, PageNumber.Read(PageText), Life);

    private async Task WithdrawAsync(OwnClaim claim)
    {
        await ActAsync(async () =>
        {
            await Requests.WithdrawAsync(Who!, claim.Id, CancellationToken.None);
            return T["Withdrawn"];
        });
        await RefreshAsync();
    }
}
