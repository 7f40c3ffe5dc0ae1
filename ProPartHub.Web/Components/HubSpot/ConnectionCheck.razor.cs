using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>What the last check of the account found, and a way to have it made again.</summary>
public sealed partial class ConnectionCheck : IDisposable
{
    private readonly PageLife _closed = new();
    private string? _message;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>How the exchange stands.</summary>
    [Parameter, EditorRequired]
    public SyncStatus Status { get; set; } = null!;

    /// <summary>Called after a check was asked for.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private SyncAdmin Admin { get; set; } = null!;

    [Inject]
    private ActLimits Limits { get; set; } = null!;

    private bool IsAsked => Status.Check.AskedAt is not null;

    private int Faults => Status.Check.Findings.Count(finding => finding.Outcome is CheckOutcome.Fault);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private static string IconOf(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Fine => Icons.Material.Outlined.CheckCircle,
            CheckOutcome.Attention => Icons.Material.Outlined.Info,
            _ => Icons.Material.Outlined.ErrorOutline,
        };

    private async Task AskAsync()
    {
        (_isActing, _message) = (true, null);
        try
        {
            if (await Limits.EnterAsync(Actor, CostlyAct.AccountCheck, _closed.Token) is null)
            {
                await Admin.AskForCheckAsync(Actor, _closed.Token);
                await OnActed.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Another list is shown now.
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _message = T[key];
        }
        finally
        {
            _isActing = false;
        }
    }
}
