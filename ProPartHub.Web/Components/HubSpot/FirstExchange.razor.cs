using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>
/// The list of what waits while writing to HubSpot is off: a preview of all that turning it on will do, and the button by
/// which a person does it.
/// </summary>
public sealed partial class FirstExchange : IDisposable
{
    private readonly PageLife _closed = new();
    private PreviewSummary? _summary;
    private string? _message;
    private int? _read;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>How the exchange stands.</summary>
    [Parameter, EditorRequired]
    public SyncStatus Status { get; set; } = null!;

    /// <summary>Which page, from 1.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>True for leads with differences alone.</summary>
    [Parameter, EditorRequired]
    public bool OnlyDiffering { get; set; }

    /// <summary>Changes when the preview may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    /// <summary>Called after writing was turned on.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private PreviewQueries Previews { get; set; } = null!;

    [Inject]
    private SyncSwitches Switches { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private Microsoft.Extensions.Localization.IStringLocalizer<Localization.SyncTexts> Texts { get; set; } = null!;

    private int Looked => _summary is { } summary ? summary.Deals + summary.Recognised + summary.SetAside : 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Tick)
        {
            return;
        }

        _read = Tick;
        await TryAsync(async () => _summary = await Previews.SummaryAsync(Actor, _closed.Token));
    }

    private string? ContactAddress(string contactId) =>
        HubSpotRecordAddress.OfContact(Status.PortalId, Status.UiDomain, Status.IsSandbox is true, contactId);

    private async Task WriteAsync()
    {
        if (!await WriteDialog.AskAsync(Dialogs, T["Write_Title"], _summary!))
        {
            return;
        }

        _isActing = true;
        await TryAsync(async () =>
        {
            await Switches.SetAsync(Actor, SyncPart.Outbound, isOn: true, _closed.Token);
            await OnActed.InvokeAsync();
        });
        _isActing = false;
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            _message = null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Another list is shown now.
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            _message = Texts[key];
        }
    }
}
