using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Assignment;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Rules;

/// <summary>One person: when away, and how many leads that person takes.</summary>
public sealed partial class AvailabilityCard
{
    private DateOnly? _from;
    private DateOnly? _to;
    private string? _most;
    private int? _shown;

    /// <summary>The person.</summary>
    [Parameter, EditorRequired]
    public AvailabilityItem Person { get; set; } = null!;

    /// <summary>True for who looks.</summary>
    [Parameter]
    public bool IsOwn { get; set; }

    /// <summary>Whether the number of leads can be set.</summary>
    [Parameter]
    public bool MaySetCapacity { get; set; }

    /// <summary>What is wrong with what was typed.</summary>
    [Parameter]
    public string? Fault { get; set; }

    /// <summary>Called with the first and last day of an absence.</summary>
    [Parameter]
    public EventCallback<(DateOnly From, DateOnly To)> OnAbsence { get; set; }

    /// <summary>Called with an absence that is taken back.</summary>
    [Parameter]
    public EventCallback<AbsenceItem> OnBack { get; set; }

    /// <summary>Called with the number of leads, null for any.</summary>
    [Parameter]
    public EventCallback<int?> OnCapacity { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // What is being typed stays when the page reads anew.
        if (_most is null || _shown != Person.Most)
        {
            (_shown, _most) = (Person.Most, Person.Most?.ToString(CultureInfo.InvariantCulture) ?? "");
        }
    }

    private async Task AddAsync()
    {
        if (_from is { } from)
        {
            await OnAbsence.InvokeAsync((from, _to ?? from));
            if (Fault is null)
            {
                (_from, _to) = (null, null);
            }
        }
    }

    private Task SetAsync() =>
        OnCapacity.InvokeAsync(string.IsNullOrWhiteSpace(_most) ? null : TypedNumber.Read(_most));

    private static string Days(AbsenceItem absence) =>
        absence.FromDay == absence.ToDay
            ? WrittenDay.Of(absence.FromDay)
            : $"{WrittenDay.Of(absence.FromDay)} – {WrittenDay.Of(absence.ToDay)}";
}
