using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.FollowUps;

/// <summary>A lead's open follow-ups, those due first first, and the place to add one. What one click does, one takes back.</summary>
public sealed partial class FollowUpList : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<FollowUpView>? _open;
    private (Guid Lead, int Tick)? _shown;
    private IDisposable? _minute;
    private Guid? _edited;
    private string? _fault;
    private bool _isAdding;
    private bool _hasFailed;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who reads and writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Rises when the lead changed and the follow-ups must be read again.</summary>
    [Parameter]
    public int Tick { get; set; }

    [Inject]
    private FollowUpQueries Queries { get; set; } = null!;

    [Inject]
    private FollowUpService FollowUps { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private MinuteTick Minute { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _minute?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (LeadId, Tick))
        {
            _shown = (LeadId, Tick);
            await ReadAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            // What was ahead a minute ago may be late by now.
            _minute = Minute.Subscribe(() => _ = InvokeAsync(StateHasChanged));
        }
    }

    // What is shown stays when the database does not answer, and what is being typed with it.
    private async Task ReadAsync()
    {
        try
        {
            _open = await Queries.OpenAsync(Actor, LeadId, _closed.Token);
            _hasFailed = false;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (NotFoundException)
        {
            // The page itself says that the lead is gone.
            _open = [];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }

    private Task SavedAsync()
    {
        (_isAdding, _edited) = (false, null);
        return ReadAsync();
    }

    private Task DoneAsync(FollowUpView followUp) =>
        ActAsync(
            () => FollowUps.SetDoneAsync(Actor, followUp.Id, isDone: true, CancellationToken.None),
            T["FollowUp_DoneTold"],
            () => FollowUps.SetDoneAsync(Actor, followUp.Id, isDone: false, CancellationToken.None)
        );

    private Task DeleteAsync(FollowUpView followUp) =>
        ActAsync(
            () => FollowUps.DeleteAsync(Actor, followUp.Id, CancellationToken.None),
            T["FollowUp_Deleted"],
            () => FollowUps.RestoreAsync(Actor, followUp.Id, CancellationToken.None)
        );

    private async Task ActAsync(Func<Task> act, string told, Func<Task> undo)
    {
        if (await TryAsync(act))
        {
            Snackbar.OfferUndo(T, told, () => UndoAsync(undo));
        }
    }

    // The page may have been left by then: what was done is taken back all the same.
    private async Task UndoAsync(Func<Task> undo)
    {
        if (!await TryAsync(undo))
        {
            Snackbar.Add(_fault!, Severity.Error);
        }

        if (!_closed.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        _fault = null;
        try
        {
            await act();
        }
        catch (ForbiddenException exception)
        {
            _fault = T.Refusal(exception);
        }
        catch (NotFoundException)
        {
            _fault = T["FollowUp_Gone"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }

        if (!_closed.IsCancellationRequested)
        {
            await ReadAsync();
        }

        return _fault is null;
    }
}
