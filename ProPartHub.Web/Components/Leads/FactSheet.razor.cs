using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// A lead's facts, each edited in its place: Enter stores it, Escape leaves it, Tab stores it and goes on to the next
/// (<c>js/facts.js</c>). Whoever else changes the fact under edit is shown beside it at once.
/// </summary>
public sealed partial class FactSheet : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<LeadEditConflict> _theirs = [];
    private PageScript<FactSheet>? _script;
    private ElementReference _sheet;
    private LeadDetails? _compared;
    private LeadInput? _opened;
    private LeadInput? _typed;
    private Fact? _edited;
    private Fact? _reached;
    private string? _message;
    private bool _isSaving;

    /// <summary>The lead as it is now.</summary>
    [Parameter, EditorRequired]
    public LeadDetails Lead { get; set; } = null!;

    /// <summary>Who reads and edits.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called with the values that an edit began with, for the draft.</summary>
    [Parameter]
    public EventCallback<LeadInput> OnOpened { get; set; }

    /// <summary>Called with true when an edit begins and false when it ends.</summary>
    [Parameter]
    public EventCallback<bool> OnTyping { get; set; }

    /// <summary>Called when a fact was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    /// <summary>Called when the lead turned out to be no longer there for this person.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnGone { get; set; }

    [CascadingParameter]
    private DraftScope? Draft { get; set; }

    [Inject]
    private FactEdits Edits { get; set; } = null!;

    [Inject]
    private LeadQueries Queries { get; set; } = null!;

    [Inject]
    private CircuitPresence Presence { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>Opens a fact with what was typed earlier.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="opened">The values that the earlier edit began with.</param>
    /// <param name="typed">The values as they were typed.</param>
    internal async Task RestoreAsync(Fact fact, LeadInput opened, LeadInput typed)
    {
        await BeginAsync(fact, opened, typed);
        await CompareAsync();
        StateHasChanged();
    }

    /// <summary>Leaves the fact under edit as it was.</summary>
    internal async Task CloseAsync()
    {
        if (_edited is { } left)
        {
            (_edited, _reached, _opened, _typed, _theirs) = (null, left, null, null, []);
            StateHasChanged();
            Presence.StopEditing(Lead.Id);
            await OnTyping.InvokeAsync(false);
        }
    }

    /// <summary>The script's word for Tab: stores the fact under edit and opens the next (1) or the one before (−1).</summary>
    /// <param name="by">Which way; anything else is nothing.</param>
    [JSInvokable]
    public async Task StepAsync(int by)
    {
        if (_edited is not { } left || by is not (1 or -1))
        {
            return;
        }

        await SaveAsync();
        var shown = Shown(Fact.All).ToList();
        if (_edited is null && shown.ElementAtOrDefault(shown.IndexOf(left) + by) is { } next)
        {
            await OpenAsync(next);
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_compared, Lead))
        {
            _compared = Lead;
            await CompareAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new PageScript<FactSheet>(this);
            await _script.StartAsync(JS, Assets["js/facts.js"], "guide", _sheet);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }

        _closed.Dispose();
    }

    private IEnumerable<Fact> Shown(IEnumerable<Fact> facts) =>
        facts.Where(fact =>
            fact.Field is not LeadField.RefusalReason || Lead.Values.RefusalReason is not null || _edited == fact
        );

    // What is open is stored first: going on to another fact is no way to lose this one.
    private async Task OpenAsync(Fact fact)
    {
        if (_edited is not null)
        {
            await SaveAsync();
        }

        if (_edited is null)
        {
            await BeginAsync(fact, Lead.Values with { }, Lead.Values with { });
        }
    }

    private async Task BeginAsync(Fact fact, LeadInput opened, LeadInput typed)
    {
        (_edited, _opened, _typed, _reached) = (fact, opened, typed, null);
        (_errors, _theirs, _message) = ([], [], null);
        Presence.Edit(Lead.Id, fact.Fields[0]);
        await OnOpened.InvokeAsync(opened);
        await OnTyping.InvokeAsync(true);
    }

    private async Task CancelAsync()
    {
        if (Draft is not null)
        {
            await Draft.ForgetAsync();
        }

        await CloseAsync();
    }

    private void Edited(LeadField field) => _errors = [.. _errors.Where(error => error.Field != field.ToString())];

    private async Task SaveAsync()
    {
        // A second Enter comes in before the form is seen to be gone.
        if (_isSaving || _edited is null)
        {
            return;
        }

        if (_typed!.Normalised() == _opened!.Normalised())
        {
            await CancelAsync();
            return;
        }

        (_isSaving, _message, _errors) = (true, null, []);
        try
        {
            var result = await Edits.SaveAsync(Actor, Lead.Id, _opened, _typed, ShowAgainAsync);
            _theirs = result.Conflicts;
            if (result.Saved)
            {
                await CancelAsync();
                await OnSaved.InvokeAsync();
            }
        }
        catch (InvalidInputException exception)
        {
            ShowFaults(exception.Errors);
        }
        catch (ForbiddenException exception)
        {
            _message = T.Refusal(exception);
        }
        catch (NotFoundException)
        {
            await OnGone.InvokeAsync();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = T["Save_Failed"];
        }
        finally
        {
            _isSaving = false;
        }
    }

    // Taken back: the page may have been left by then.
    private Task ShowAgainAsync() => _closed.IsCancellationRequested ? Task.CompletedTask : OnSaved.InvokeAsync();

    // Both phones are judged together, and so are both ends of the budget: a fault of the other has no input here.
    private void ShowFaults(IReadOnlyList<FieldError> errors)
    {
        _errors = [.. errors.Where(error => _edited!.Fields.Any(field => field.ToString() == error.Field))];
        if (_errors.Count == 0)
        {
            _message = $"{T.Field(errors[0].Field)}: {T.Fault(errors[0])}";
        }
    }

    // What others made of the fact while it is under edit.
    private async Task CompareAsync()
    {
        if (_edited is null || !_edited.Fields.Any(field => Now(field) != LeadFields.Read(_opened!, field)))
        {
            return;
        }

        try
        {
            _theirs = await Queries.MeanwhileAsync(Actor, Lead.Id, _opened!, _typed!, _edited.Fields, _closed.Token);
        }
        catch (NotFoundException)
        {
            // The page itself says that the lead is gone.
        }
        catch (Exception exception)
            when (DatabaseOutage.Is(exception)
                || exception is OperationCanceledException && _closed.IsCancellationRequested
            )
        {
            // It is told when the fact is stored, at the latest.
        }
    }

    // Theirs becomes what the edit began with: from now on only a further change is a conflict.
    private void Keep(LeadEditConflict theirs)
    {
        LeadFields.Write(_opened!, theirs.Field, theirs.Current);
        _theirs = [.. _theirs.Where(other => other.Field != theirs.Field)];
    }

    private async Task TakeAsync(LeadEditConflict theirs)
    {
        Keep(theirs);
        LeadFields.Write(_typed!, theirs.Field, theirs.Current);
        if (_typed!.Normalised() == _opened!.Normalised() && _theirs.Count == 0)
        {
            await CancelAsync();
        }
        else if (Draft is not null)
        {
            await Draft.PutAsync(theirs.Field.ToString(), theirs.Current);
        }
    }

    private string? Now(LeadField field) => LeadFields.Read(Lead.Values, field);
}
