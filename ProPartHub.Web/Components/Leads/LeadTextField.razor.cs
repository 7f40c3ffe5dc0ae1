using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>One field of a lead's form: label, input by the field's kind, and its fault below it.</summary>
public sealed partial class LeadTextField
{
    private FieldError? _unreadable;
    private FieldError? _told;
    private ElementReference _control;
    private bool _mustFocus;

    /// <summary>The field.</summary>
    [Parameter, EditorRequired]
    public LeadField Field { get; set; }

    /// <summary>What is being typed.</summary>
    [Parameter, EditorRequired]
    public LeadInput Input { get; set; } = null!;

    /// <summary>Faults of the whole form.</summary>
    [Parameter]
    public IReadOnlyList<FieldError> Errors { get; set; } = [];

    /// <summary>False where the field's name stands above it already; assistive technology is told it all the same.</summary>
    [Parameter]
    public bool HasLabel { get; set; } = true;

    /// <summary>True to begin to type here at once.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    [Parameter]
    public bool IsRequired { get; set; }

    /// <summary>Called after the value was written.</summary>
    [Parameter]
    public EventCallback<LeadField> OnEdited { get; set; }

    private string? Name => HasLabel ? null : T.Field(Field);

    private string Id => $"lead-{Field}";

    // Fields with options are lists whatever it says; textarea stands for several lines.
    private string Type =>
        Field switch
        {
            LeadField.Phone or LeadField.SecondPhone => "tel",
            LeadField.Email => "email",
            LeadField.BirthDate => "date",
            LeadField.BudgetFrom or LeadField.BudgetTo => "number",
            LeadField.Notes => "textarea",
            _ => "text",
        };

    private string? Value => LeadFields.Read(Input, Field);

    private FieldError? Error => _unreadable ?? Errors.FirstOrDefault(error => error.Field == Field.ToString());

    private string? ErrorId => Error is null ? null : $"{Id}-error";

    private string? Invalid => Error is null ? null : "true";

    // The first fault of a refused form is gone to, or on a phone nobody would see it. A fault that was told before,
    // and became the first because another was mended, takes nobody away from where they are.
    protected override void OnParametersSet()
    {
        _mustFocus |= Errors is [var first, ..] && ReferenceEquals(first, Error) && !ReferenceEquals(first, _told);
        _told = Error;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocus || (firstRender && TakesFocus))
        {
            _mustFocus = false;
            await _control.FocusAsync();
        }
    }

    private async Task WriteAsync(ChangeEventArgs change)
    {
        try
        {
            LeadFields.Write(Input, Field, Convert.ToString(change.Value, CultureInfo.InvariantCulture)?.Trim());
            _unreadable = null;
            await OnEdited.InvokeAsync(Field);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            // The browser's own input refuses most of it; what is forged past it is told at the field all the same.
            var code = Field is LeadField.BirthDate ? FieldErrorCode.InvalidDate : FieldErrorCode.OutOfRange;
            _unreadable = new FieldError(Field.ToString(), code);
        }
    }
}
