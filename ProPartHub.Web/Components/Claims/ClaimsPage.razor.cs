using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Claims;

/// <summary>What a manager or an admin decided about a question.</summary>
/// <param name="IsGranted">Whether the client goes to who asked.</param>
/// <param name="Words">Why.</param>
public sealed record ClaimDecision(bool IsGranted, string Words);

/// <summary>Questions for clients that wait, with both histories; how long clients are protected; what was decided.</summary>
public sealed partial class ClaimsPage : ActingComponent
{
    private NumberedPage<ClaimItem>? _queue;
    private NumberedPage<DecidedClaim>? _decided;
    private ProtectionRule? _rule;
    private string? _days;
    private Guid _at;

    /// <summary>Page of what waits, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    /// <summary>Page of what was decided, from 1.</summary>
    [SupplyParameterFromQuery(Name = "decided")]
    private string? DecidedText { get; set; }

    [Inject]
    private ClaimQueries Queries { get; set; } = null!;

    [Inject]
    private ClaimRequests Requests { get; set; } = null!;

    [Inject]
    private Protection Protection { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Claims];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _queue = await Queries.QueueAsync(Who!, PageNumber.Read(PageText), Life);
        _decided = await Queries.DecidedAsync(Who!, PageNumber.Read(DecidedText), Life);
        if (_rule is null)
        {
            _rule = await Protection.RuleAsync(Who!, Life);
            _days = _rule.Days.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task DecideAsync(ClaimItem claim, ClaimDecision decision)
    {
        _at = claim.Id;
        var isDone = await ActAsync(async () =>
        {
            var state = decision.IsGranted
                ? await Requests.GrantAsync(Who!, claim.Id, decision.Words, CancellationToken.None)
                : await Requests.RefuseAsync(Who!, claim.Id, decision.Words, CancellationToken.None);
            return T[$"Done_{state}", claim.Asker.Agent];
        });
        if (isDone)
        {
            await RefreshAsync();
        }
    }

    private Task<bool> SaveRuleAsync() =>
        ActAsync(async () =>
        {
            var rule = new ProtectionRule { Days = TypedNumber.Read(_days) };
            if (!await Protection.SaveRuleAsync(Who!, _rule!, rule, CancellationToken.None))
            {
                _rule = await Protection.RuleAsync(Who!, CancellationToken.None);
                return SayKept();
            }

            _rule = rule;
            return T["Protection_Saved"];
        });
}
