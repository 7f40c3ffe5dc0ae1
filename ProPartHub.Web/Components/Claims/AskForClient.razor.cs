using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Claims;
using ProPartHub.Web.Components.Rules;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Claims;

/// <summary>Lets an agent ask for a client who is protected; more than that the client is, it does not tell.</summary>
public sealed partial class AskForClient : ActingComponent
{
    private readonly Guid _requestId = Guid.CreateVersion7();
    private string? _words;
    private bool _isAsked;
    private bool _isFree;

    /// <summary>The client's phone, as typed.</summary>
    [Parameter, EditorRequired]
    public string? Phone { get; set; }

    [Inject]
    private ClaimRequests Requests { get; set; } = null!;

    [Inject]
    private ActLimits Limits { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task ReadAsync() => Task.CompletedTask;

    private Task<bool> AskAsync() =>
        ActAsync(async () =>
        {
            // As with looking for duplicates: whoever tries numbers to learn who is registered is not told.
            if (await Limits.EnterAsync(Who!, CostlyAct.DuplicateCheck, CancellationToken.None) is not null)
            {
                return T["Ask_TooOften"];
            }

            _isAsked = await Requests.AskAsync(Who!, _requestId, Phone, _words, CancellationToken.None);
            _isFree = !_isAsked;
            return null;
        });
}
