using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>A lead's facts, or the form to edit them. What is typed survives as a draft; with it survive the values the
/// form was opened with, so that a change made by somebody else meanwhile is still noticed.</summary>
public sealed partial class LeadEditor
{
    private readonly HashSet<LeadField> _overrule = [];
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<LeadEditConflict> _conflicts = [];
    private IReadOnlyDictionary<string, string?>? _opened;
    private LeadInput? _openedInput;
    private LeadInput? _typed;
    private DraftScope? _draft;
    private FactSheet? _sheet;
    private string? _message;
    private bool _isSaving;

    /// <summary>The lead as it is now.</summary>
    [Parameter, EditorRequired]
    public LeadDetails Lead { get; set; } = null!;

    /// <summary>Who edits.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>True while the form is shown; a restored draft opens it.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    /// <summary>Called with true when somebody begins to edit, in place or in the form, and false when that ends.</summary>
    [Parameter]
    public EventCallback<bool> OnTyping { get; set; }

    /// <summary>Called when the lead was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    /// <summary>Called when the lead turned out to be no longer there for this person.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnGone { get; set; }

    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private CircuitPresence Presence { get; set; } = null!;

    /// <summary>Shows the form with the lead's values.</summary>
    public Task OpenAsync() => OpenAsync(Lead.Values with { }, Lead.Values with { });

    private async Task OpenAsync(LeadInput opened, LeadInput typed)
    {
        (_message, _errors, _conflicts) = (null, [], []);
        _overrule.Clear();
        (_openedInput, _typed) = (opened, typed);
        _opened = LeadDraft.Of(opened).ToDictionary();
        StateHasChanged();
        Presence.Edit(Lead.Id, null);
        await IsOpenChanged.InvokeAsync(true);
        await OnTyping.InvokeAsync(true);
    }

    private Task RestoreAsync(RestoredDraft draft)
    {
        var (opened, typed) = (Lead.Values with { }, Lead.Values with { });
        LeadDraft.Write(opened, draft.Opened);
        LeadDraft.Write(typed, draft.Values);
        // What was typed into one fact is gone on with there; more than one come from the whole form.
        var fields = draft.Values.Keys.Select(name =>
            Enum.TryParse<LeadField>(name, out var field) ? field : (LeadField?)null
        );
        return Fact.Holding([.. fields.OfType<LeadField>()]) is { } fact
            ? _sheet!.RestoreAsync(fact, opened, typed)
            : OpenAsync(opened, typed);
    }

    private async Task CancelAsync()
    {
        await _draft!.ForgetAsync();
        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        if (_sheet is not null)
        {
            await _sheet.CloseAsync();
        }

        _typed = null;
        Presence.StopEditing(Lead.Id);
        await IsOpenChanged.InvokeAsync(false);
        await OnTyping.InvokeAsync(false);
    }

    private void Edited(LeadField field) => _errors = [.. _errors.Where(error => error.Field != field.ToString())];

    private bool? Chosen(LeadEditConflict conflict) =>
        _overrule.Contains(conflict.Field) ? true
        : LeadFields.Read(_typed!, conflict.Field) == conflict.Current ? false
        : null;

    private void Choose(LeadEditConflict conflict, bool mine)
    {
        if (mine)
        {
            _overrule.Add(conflict.Field);
        }
        else
        {
            _overrule.Remove(conflict.Field);
            LeadFields.Write(_typed!, conflict.Field, conflict.Current);
        }
    }

    private async Task SaveAsync()
    {
        // A second click comes in before the button is seen disabled.
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _message, _errors) = (true, null, []);
        try
        {
            var result = await Leads.EditAsync(
                Actor,
                Lead.Id,
                _openedInput!,
                _typed!,
                _overrule,
                CancellationToken.None
            );
            _conflicts = result.Conflicts;
            if (result.Saved)
            {
                await CancelAsync();
                await OnSaved.InvokeAsync();
            }
            else
            {
                _message = T["Lead_Conflict"];
            }
        }
        catch (InvalidInputException exception)
        {
            _errors = exception.Errors;
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
}
