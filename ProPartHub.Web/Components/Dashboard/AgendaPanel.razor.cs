using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>What is to be done, late first. One tap does it, one takes it back.</summary>
public sealed partial class AgendaPanel : IDisposable
{
    private bool _isDisposed;
    private string? _fault;

    /// <summary>What it shows; null until it is read.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AgendaGroup>? Groups { get; set; }

    /// <summary>Who reads and does.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when something was done or taken back, so that it is read again.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private FollowUpService FollowUps { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _isDisposed = true;

    private string Name(AgendaItem item) => item.Title is { Length: > 0 } title ? title : Leads["FollowUp_NoTitle"];

    private string When(AgendaItem item, AgendaPart part) =>
        part is AgendaPart.Today ? Time.Hour(item.DueAt) : Time.OfWeek(item.DueAt);

    private async Task DoneAsync(AgendaItem item)
    {
        if (await TryAsync(item.Id, isDone: true))
        {
            Snackbar.OfferUndo(Leads, Leads["FollowUp_DoneTold"], () => UndoAsync(item.Id));
        }
    }

    // The page may have been left by then: what was done is taken back all the same.
    private async Task UndoAsync(Guid followUpId)
    {
        if (!await TryAsync(followUpId, isDone: false))
        {
            Snackbar.Add(_fault!, Severity.Error);
        }
    }

    private async Task<bool> TryAsync(Guid followUpId, bool isDone)
    {
        _fault = null;
        try
        {
            await FollowUps.SetDoneAsync(Actor, followUpId, isDone, CancellationToken.None);
        }
        catch (NotFoundException)
        {
            _fault = Leads["FollowUp_Gone"];
        }
        catch (ForbiddenException)
        {
            _fault = T["Act_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = Leads["Save_Failed"];
        }

        if (!_isDisposed)
        {
            await OnActed.InvokeAsync();
        }

        return _fault is null;
    }
}
