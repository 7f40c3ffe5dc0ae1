using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Components.Verification;

/// <summary>One request with its documents and the decision about it.</summary>
public sealed partial class VerificationCard
{
    private string _percent = "";
    private string _words = "";

    [Parameter, EditorRequired]
    public RequestItem Request { get; set; } = null!;

    [Parameter]
    public EventCallback<VerificationDecision> OnDecided { get; set; }

    private Task DecideAsync(VerificationAct act) => OnDecided.InvokeAsync(new(Request, act, Percent, _words));

    // "2,5" and "2.5" are the same to people.
    private decimal? Percent =>
        decimal.TryParse(
            _percent.Trim().Replace(',', '.'),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var percent
        )
            ? percent
            : null;
}
