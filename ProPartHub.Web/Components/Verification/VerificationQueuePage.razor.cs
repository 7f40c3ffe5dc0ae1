using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Verification;

/// <summary>What waits for a manager's or an admin's decision, and who is verified already.</summary>
public sealed partial class VerificationQueuePage : IDisposable
{
    private ReaderSubscription? _changes;
    private NumberedPage<RequestItem>? _queue;
    private NumberedPage<VerifiedAgent>? _verified;
    private Actor? _actor;
    private string? _message;
    private bool _isFault;
    private bool _isActing;

    /// <summary>Page of the requests, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    /// <summary>Page of the verified agents, from 1.</summary>
    [SupplyParameterFromQuery(Name = "agents")]
    private string? AgentsText { get; set; }

    [Inject]
    private VerificationQueries Queries { get; set; } = null!;

    [Inject]
    private VerificationReview Review { get; set; } = null!;

    [Inject]
    private WaitingVerifications Waiting { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _changes?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _actor ??= await Actor.GetAsync();
        _changes ??= new ReaderSubscription(
            handler => Waiting.Changed += handler,
            handler => Waiting.Changed -= handler,
            () => _ = InvokeAsync(RefreshAsync)
        );
        await TryAsync(ReadAsync);
    }

    private async Task RefreshAsync()
    {
        await TryAsync(ReadAsync);
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        _queue = await Queries.QueueAsync(_actor!, PageNumber.Read(PageText), CancellationToken.None);
        _verified = await Queries.VerifiedAsync(_actor!, PageNumber.Read(AgentsText), CancellationToken.None);
    }

    private Task DecideAsync(VerificationDecision decision) =>
        ActAsync(
            decision.Request.Agent,
            decision.Act,
            decision.Act switch
            {
                VerificationAct.Approve => decision.Percent is { } percent
                    ? () => Review.ApproveAsync(_actor!, decision.Request.Id, percent, decision.Words, default)
                    : () => Task.FromResult<VerificationFault?>(VerificationFault.RateWrong),
                VerificationAct.More => () =>
                    Review.AskForMoreAsync(_actor!, decision.Request.Id, decision.Words, default),
                _ => () => Review.RejectAsync(_actor!, decision.Request.Id, decision.Words, default),
            }
        );

    private Task RevokeAsync((VerifiedAgent Agent, string Words) revoked) =>
        ActAsync(
            revoked.Agent.Name,
            VerificationAct.Revoke,
            () => Review.RevokeAsync(_actor!, revoked.Agent.Id, revoked.Words, CancellationToken.None)
        );

    private async Task ActAsync(string agent, VerificationAct act, Func<Task<VerificationFault?>> command)
    {
        // A second click comes in before the first is answered.
        if (_isActing)
        {
            return;
        }

        _isActing = true;
        try
        {
            await TryAsync(async () =>
            {
                var fault = await command();
                (_isFault, _message) = fault is null
                    ? (false, T[$"Done_{act}", agent].Value)
                    : (true, T[$"Fault_{fault}"].Value);
                if (fault is null or VerificationFault.Decided)
                {
                    await ReadAsync();
                }
            });
        }
        finally
        {
            _isActing = false;
        }
    }

    private async Task TryAsync(Func<Task> command)
    {
        try
        {
            await command();
        }
        catch (NotFoundException)
        {
            (_isFault, _message) = (true, T["Missing"]);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            (_isFault, _message) = (true, T["Failed"]);
        }
    }

    private static string Address(int page, int agents) => $"/admin/verification?page={page}&agents={agents}";
}
