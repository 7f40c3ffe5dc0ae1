using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// A client's consent: what is recorded, by whom and when, and the form to record that it was given or taken back. What is
/// typed survives as a draft, and with it what the form was opened with, so that somebody else's record is noticed.
/// </summary>
public sealed partial class ConsentSection
{
    private const string StateName = "consent-state";
    private const string NoteName = "consent-note";

    private IReadOnlyDictionary<string, string?>? _draftOpened;
    private IReadOnlyList<FieldError> _errors = [];
    private ConsentConflict? _conflict;
    private ConsentInput _opened = new(ConsentState.NotRecorded, null);
    private ConsentInput? _typed;
    private DraftScope? _draft;
    private string? _shown;
    private string? _message;
    private bool _isSaving;

    /// <summary>The lead as it is now.</summary>
    [Parameter, EditorRequired]
    public LeadDetails Lead { get; set; } = null!;

    /// <summary>Who reads and records.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Called when it was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    /// <summary>Called when the lead turned out to be no longer there for this person.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnGone { get; set; }

    [Inject]
    private LeadService Leads { get; set; } = null!;

    private static ConsentInput Read(IReadOnlyDictionary<string, string?> values, ConsentInput otherwise) =>
        new(
            StateOf(values.GetValueOrDefault(StateName)) ?? otherwise.State,
            values.GetValueOrDefault(NoteName, otherwise.Note)
        );

    private static ConsentState? StateOf(string? text) =>
        Enum.TryParse<ConsentState>(text, out var state) && Enum.IsDefined(state) ? state : null;

    private static Dictionary<string, string?> Draft(ConsentInput input) =>
        new() { [StateName] = input.State.ToString(), [NoteName] = input.Note };

    private void Open()
    {
        var present = Lead.Consent.ToInput();
        Show(present, present);
    }

    private void Restore(RestoredDraft draft)
    {
        var present = Lead.Consent.ToInput();
        Show(Read(draft.Opened, present), Read(draft.Values, present));
    }

    private void Show(ConsentInput opened, ConsentInput typed)
    {
        (_opened, _typed, _shown) = (opened, typed, typed.Note);
        _draftOpened = Draft(opened);
        (_errors, _conflict, _message) = ([], null, null);
    }

    private void Type(string? text) => (_typed, _shown) = (_typed! with { Note = text }, text);

    // How a consent was given does not say how it was taken back. An input that is there already is emptied by the browser,
    // which knows what is being typed by now; what is rendered stays, or it would be put in place of that.
    private async Task ChooseAsync(string? text)
    {
        var before = _typed!;
        var state = StateOf(text) ?? before.State;
        var note =
            state == _opened.State ? before.Note ?? _opened.Note
            : before.Note == _opened.Note ? null
            : before.Note;
        _typed = before with { State = state };
        if (before.State is ConsentState.NotRecorded || !_draft!.IsKept)
        {
            (_typed, _shown) = (new ConsentInput(state, note), note);
        }

        if (note != before.Note)
        {
            var meanwhile = await _draft!.SwapAsync(NoteName, before.Note, note);
            _typed = _typed with { Note = meanwhile ?? note };
        }
    }

    private void Close() => (_typed, _conflict) = (null, null);

    private async Task CloseAsync()
    {
        await _draft!.ForgetAsync();
        Close();
    }

    private async Task SaveAsync(bool overrule)
    {
        // A second Enter comes in before the button is seen disabled.
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _message, _errors) = (true, null, []);
        try
        {
            var result = await Leads.RecordConsentAsync(
                Actor,
                Lead.Id,
                _opened,
                _typed!,
                overrule,
                CancellationToken.None
            );
            _conflict = result.Conflict;
            if (result.Saved)
            {
                await CloseAsync();
                await OnSaved.InvokeAsync();
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

    private string Words(ConsentInput consent) =>
        consent.Note is { } note ? $"{T[$"Consent_{consent.State}"]} · {note}" : T[$"Consent_{consent.State}"];
}
