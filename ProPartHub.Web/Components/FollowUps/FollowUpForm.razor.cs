using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.FollowUps;

/// <summary>
/// Writes a new follow-up or changes one. What is typed survives as a draft, and with it what the form was opened with, so
/// that somebody else's change is noticed.
/// </summary>
public sealed partial class FollowUpForm
{
    private const string TitleName = "title";
    private const string DueName = "due";
    private const string DetailsName = "details";
    private const string RepeatName = "repeat";
    private static readonly TimeSpan Morning = TimeSpan.FromHours(10);

    private IReadOnlyDictionary<string, string?>? _opened;
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<FieldChange> _conflicts = [];
    private FollowUpInput _before = new(null, null, null);
    private FollowUpInput _typed = new(null, null, null);
    private DraftScope? _draft;
    private ElementReference _title;
    private string? _due;
    private string? _message;
    private bool _isSaving;

    // Made anew only with a new form, so that a repeated submit stores one follow-up.
    private readonly Guid _newId = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Who writes.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The follow-up to change, as it was when the form was opened; null for a new one.</summary>
    [Parameter]
    public FollowUpView? FollowUp { get; set; }

    /// <summary>Called when it was stored.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    /// <summary>Called when the person gave it up.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClosed { get; set; }

    [Inject]
    private FollowUpService FollowUps { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private static int TitleLimit => Domain.FollowUps.FollowUp.TitleLength;

    private string Place => FollowUp is null ? $"follow-up:{LeadId}" : $"follow-up-edit:{FollowUp.Id}";

    private IEnumerable<(string Name, DateTimeOffset Moment)> Presets =>
        [
            ("FollowUp_InHour", Time.Now.AddHours(1)),
            ("FollowUp_Tomorrow", MorningIn(days: 1)),
            ("FollowUp_InDays", MorningIn(days: 3)),
            ("FollowUp_InWeek", MorningIn(days: 7)),
        ];

    /// <inheritdoc/>
    protected override void OnInitialized() => Reset();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _title.FocusAsync();
        }
    }

    private void Reset()
    {
        _before = FollowUp is null ? new(null, null, null) : FollowUpInput.From(FollowUp);
        Show(_before);
        _opened = Draft(_before);
        (_errors, _conflicts, _message) = ([], [], null);
    }

    private void Show(FollowUpInput input) => (_typed, _due) = (input, Time.Written(input.DueAt));

    private void Restore(RestoredDraft draft)
    {
        Show(Read(draft.Values, _typed));
        _before = Read(draft.Opened, _before);
    }

    private FollowUpInput Read(IReadOnlyDictionary<string, string?> values, FollowUpInput otherwise) =>
        new(
            values.GetValueOrDefault(TitleName, otherwise.Title),
            values.GetValueOrDefault(DetailsName, otherwise.Details),
            values.TryGetValue(DueName, out var due) ? Time.Read(due) : otherwise.DueAt,
            values.TryGetValue(RepeatName, out var repeat) ? FollowUpFields.ToRepeat(repeat) : otherwise.Repeat
        );

    private Dictionary<string, string?> Draft(FollowUpInput input) =>
        new()
        {
            [TitleName] = input.Title,
            [DetailsName] = input.Details,
            [DueName] = Time.Written(input.DueAt),
            [RepeatName] = input.Repeat.ToString(),
        };

    // What was chosen is kept as it stands in the input: the seconds of a time that was not touched stay as they were.
    private void Due(string? written)
    {
        _due = written;
        _typed = _typed with { DueAt = written == Time.Written(_before.DueAt) ? _before.DueAt : Time.Read(written) };
    }

    private async Task ChooseAsync(DateTimeOffset moment)
    {
        Due(Time.Written(moment));
        await _draft!.PutAsync(DueName, _due);
    }

    private DateTimeOffset MorningIn(int days) =>
        Time.StartOf(DateOnly.FromDateTime(Time.Now.DateTime).AddDays(days)) + Morning;

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
            if (FollowUp is null)
            {
                await FollowUps.AddAsync(Actor, _newId, LeadId, _typed, CancellationToken.None);
                _conflicts = [];
            }
            else
            {
                var result = await FollowUps.EditAsync(
                    Actor,
                    FollowUp.Id,
                    _before,
                    _typed,
                    overrule,
                    CancellationToken.None
                );
                _conflicts = result.Conflicts;
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
            _message = T[FollowUp is null ? "FollowUp_NoPlace" : "FollowUp_Gone"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = T["Save_Failed"];
        }
        finally
        {
            _isSaving = false;
        }

        if (_errors.Count == 0 && _conflicts.Count == 0 && _message is null)
        {
            await _draft!.ForgetAsync();
            await OnSaved.InvokeAsync();
        }
    }

    // The other's values become what the form was opened with: what is left typed differs from them alone.
    private void TakeTheirs()
    {
        foreach (var conflict in _conflicts)
        {
            (_before, _typed) = (With(_before, conflict), With(_typed, conflict));
        }

        _conflicts = [];
        Show(_typed);
    }

    private static FollowUpInput With(FollowUpInput input, FieldChange change) =>
        change.Field switch
        {
            FollowUpFields.Title => input with { Title = change.After },
            FollowUpFields.Details => input with { Details = change.After },
            FollowUpFields.Repeat => input with { Repeat = FollowUpFields.ToRepeat(change.After) },
            _ => input with { DueAt = FollowUpFields.ToMoment(change.After) },
        };

    private async Task CloseAsync()
    {
        await _draft!.ForgetAsync();
        await OnClosed.InvokeAsync();
    }

    private string Written(FieldChange conflict) =>
        conflict.Field is FollowUpFields.Repeat ? T[$"Repeat_{FollowUpFields.ToRepeat(conflict.After)}"]
        : conflict.Field is FollowUpFields.Due && FollowUpFields.ToMoment(conflict.After) is { } due ? Time.Moment(due)
        : conflict.After ?? "—";

    private FieldError? ErrorOf(string field) => _errors.FirstOrDefault(error => error.Field == field);

    private string? Invalid(string field) => ErrorOf(field) is null ? null : "true";

    private string? Described(string field) => ErrorOf(field) is null ? null : Id(field);

    private string Id(string part) => $"follow-up-{FollowUp?.Id.ToString("N") ?? "new"}-{part}";

    private static string? Text(ChangeEventArgs change) => change.Value as string;
}
