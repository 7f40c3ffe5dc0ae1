using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Points;

/// <summary>Gives or takes points by hand, with the reason that the person will read.</summary>
public sealed partial class CorrectionForm
{
    private IReadOnlyList<FieldError> _faults = [];
    private Guid _entryId = Guid.CreateVersion7();
    private string? _points;
    private string? _reason;
    private string? _said;
    private bool _hasFailed;
    private bool _isSaving;

    /// <summary>Who corrects.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whose points.</summary>
    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>Called when it was stored.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Inject]
    private PointCorrections Corrections { get; set; } = null!;

    private async Task SaveAsync()
    {
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _faults, _said, _hasFailed) = (true, [], null, false);
        try
        {
            await Corrections.AddAsync(Actor, _entryId, UserId, Number(_points), _reason, CancellationToken.None);
            (_entryId, _points, _reason, _said) = (Guid.CreateVersion7(), null, null, T["Correct_Saved"]);
            await OnSaved.InvokeAsync();
        }
        catch (InvalidInputException refused)
        {
            _faults = refused.Errors;
        }
        catch (NotFoundException)
        {
            (_hasFailed, _said) = (true, T["Act_Forbidden"]);
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is { } key)
        {
            (_hasFailed, _said) = (true, T[key]);
        }
        finally
        {
            _isSaving = false;
        }
    }

    private string? FaultOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault
            ? T[$"Fault_{fault.Field}_{fault.Code}", fault.Limit ?? ""].Value
            : null;

    // What is no number is 0, which the service refuses at its field. People write a minus as they find it.
    private static int Number(string? text) =>
        int.TryParse(
            text?.Trim().Replace('−', '-').Replace(" ", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
}
